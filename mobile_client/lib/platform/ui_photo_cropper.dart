import 'dart:io';
import 'dart:math';
import 'dart:typed_data';
import 'dart:ui' as ui;

import 'package:flutter/foundation.dart' show compute;
import 'package:image/image.dart' as codec;

import '../config.dart' as config;
import '../data/edited_pixels.dart';
import '../data/twin/rgb_image.dart';
import '../domain/photo_edit.dart';
import 'photo_cropper.dart';
import 'ui_photo_decoder.dart';

/// Decodes as the screen does, which turns a photo upright and knows the
/// phone's own formats, and encodes in another isolate: JPEG, which Flutter
/// itself cannot write.
class UiPhotoCropper implements PhotoCropper {
  const UiPhotoCropper();

  @override
  Future<(int, int)?> sizeOf(File photo) async {
    try {
      final buffer =
          await ui.ImmutableBuffer.fromUint8List(await photo.readAsBytes());
      final descriptor = await ui.ImageDescriptor.encoded(buffer);
      final size = (descriptor.width, descriptor.height);
      descriptor.dispose();
      buffer.dispose();
      return size;
    } on Exception {
      return null;
    }
  }

  @override
  Future<File> crop(
    File photo,
    PhotoEdit edit, {
    required int? longestSide,
  }) async {
    final size = await sizeOf(photo);
    if (size == null) throw const FormatException('not a photo');
    final (width, height) = size;
    final scale = edit.scaleFor(width, height, longestSide: longestSide);
    final image = await const UiPhotoDecoder()
        .decode(photo, shortSide: (min(width, height) * scale).round());
    final jpeg = await compute(_jpegOf, (image, edit));
    // The photo before has been handed over; one may be cropped while
    // another is only scaled.
    final name = edit.isNone ? 'scaled' : 'cropped';
    final folder = Directory('${Directory.systemTemp.path}/$name');
    if (await folder.exists()) await folder.delete(recursive: true);
    await folder.create();
    return File('${folder.path}/photo.jpg').writeAsBytes(jpeg, flush: true);
  }
}

Uint8List _jpegOf((RgbImage, PhotoEdit) message) {
  final (image, edit) = message;
  final kept = edited(image, edit);
  return codec.encodeJpg(
    codec.Image.fromBytes(
      width: kept.width,
      height: kept.height,
      bytes: kept.bytes.buffer,
    ),
    quality: config.jpegQuality,
  );
}
