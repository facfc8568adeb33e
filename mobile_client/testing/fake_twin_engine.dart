import 'dart:io';
import 'dart:typed_data';

import 'package:image_classifier/data/twin/rgb_image.dart';
import 'package:image_classifier/data/twin/twin_engine.dart';
import 'package:image_classifier/domain/preprocessing.dart';

/// Sees the same small picture in every photo.
class FakePhotoDecoder implements PhotoDecoder {
  @override
  Future<RgbImage> decode(File photo, {required int shortSide}) async =>
      RgbImage(2, 2, Uint8List(12));
}

/// A network that is sure of its second class, or throws.
class FakeTwinEngine implements TwinEngine {
  final List<Float32List> inputs = [];
  Object? thrown;

  @override
  Future<Float32List> run({
    required String modelPath,
    required Float32List input,
    required Preprocessing spec,
    required int classes,
  }) async {
    if (thrown case final thrown?) throw thrown;
    inputs.add(input);
    return Float32List.fromList([0.1, 0.7, 0.2]);
  }
}
