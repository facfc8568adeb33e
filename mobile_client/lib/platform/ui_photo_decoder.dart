import 'dart:io';
import 'dart:typed_data';
import 'dart:ui' as ui;

import '../data/twin/rgb_image.dart';
import '../data/twin/twin_engine.dart';

/// Decodes photos as the screen does: upright, at the size that is needed.
class UiPhotoDecoder implements PhotoDecoder {
  const UiPhotoDecoder();

  @override
  Future<RgbImage> decode(File photo, {required int shortSide}) async {
    final buffer =
        await ui.ImmutableBuffer.fromUint8List(await photo.readAsBytes());
    final codec = await ui.instantiateImageCodecWithSize(
      buffer,
      getTargetSize: (width, height) {
        final shorter = width < height ? width : height;
        if (shorter <= shortSide) return const ui.TargetImageSize();
        return width < height
            ? ui.TargetImageSize(width: shortSide)
            : ui.TargetImageSize(height: shortSide);
      },
    );
    try {
      final image = (await codec.getNextFrame()).image;
      try {
        final data = await image.toByteData();
        if (data == null) throw const FormatException('no pixels');
        return RgbImage.ofRgba(
          image.width,
          image.height,
          Uint8List.sublistView(data),
        );
      } finally {
        image.dispose();
      }
    } finally {
      codec.dispose();
    }
  }
}
