import 'dart:typed_data';

import '../../domain/preprocessing.dart';
import 'resample.dart';
import 'rgb_image.dart';

/// The picture as the network wants it: `height * width * 3` values, row by
/// row, as the server makes them.
Float32List preprocess(RgbImage image, Preprocessing spec) => scalePixels(
      resample(image, keptBox(image, spec), spec.width, spec.height).bytes,
      spec.scaling,
    );

/// The part of the picture that the network sees.
Box keptBox(RgbImage image, Preprocessing spec) {
  final width = image.width, height = image.height;
  if (spec.resize == ResizeMode.stretch) {
    return Box(0, 0, width.toDouble(), height.toDouble());
  }
  final part = spec.resize == ResizeMode.crop ? _cropFraction : 1.0;
  final across = spec.width / width, down = spec.height / height;
  final scale = (across > down ? across : down) / part;
  final (left, right) =
      _kept(width, _roundHalfEven(width * scale), spec.width);
  final (top, bottom) =
      _kept(height, _roundHalfEven(height * scale), spec.height);
  return Box(left, top, right, bottom);
}

/// Bytes of red, green and blue in the range and order of [scaling].
Float32List scalePixels(Uint8List pixels, ScalingMode scaling) {
  final values = Float32List(pixels.length);
  for (var i = 0; i < pixels.length; i++) {
    final channel = i % 3;
    values[i] = switch (scaling) {
      ScalingMode.caffe => pixels[i - channel + 2 - channel] -
          _caffeMeanBgr[channel],
      ScalingMode.tf => pixels[i] / 127.5 - 1,
      ScalingMode.tfLite => (pixels[i] - 127) / 128,
      ScalingMode.torch =>
        (pixels[i] / 255 - _torchMean[channel]) / _torchStd[channel],
      ScalingMode.unit => pixels[i] / 255,
      ScalingMode.none => pixels[i].toDouble(),
    };
  }
  return values;
}

(double, double) _kept(int length, int scaled, int wanted) {
  final start = ((scaled - wanted) / 2).floor();
  return (start * length / scaled, (start + wanted) * length / scaled);
}

/// As Python rounds.
int _roundHalfEven(double value) {
  final below = value.floor();
  final rest = value - below;
  if (rest != 0.5) return value.round();
  return below.isEven ? below : below + 1;
}

const double _cropFraction = 0.875;
const List<double> _caffeMeanBgr = [103.939, 116.779, 123.68];
const List<double> _torchMean = [0.485, 0.456, 0.406];
const List<double> _torchStd = [0.229, 0.224, 0.225];
