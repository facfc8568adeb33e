import 'dart:io';
import 'dart:typed_data';

import '../../domain/preprocessing.dart';
import 'rgb_image.dart';

/// Decodes a photo, upright, at about the size that is needed.
abstract interface class PhotoDecoder {
  Future<RgbImage> decode(File photo, {required int shortSide});
}

/// Runs a network on the phone.
abstract interface class TwinEngine {
  /// The probabilities of all [classes] for one [input].
  Future<Float32List> run({
    required String modelPath,
    required Float32List input,
    required Preprocessing spec,
    required int classes,
  });
}
