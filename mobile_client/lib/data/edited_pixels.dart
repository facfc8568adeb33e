import 'dart:typed_data';

import '../domain/photo_edit.dart';
import 'twin/rgb_image.dart';

/// What [edit] leaves of an upright picture.
RgbImage edited(RgbImage image, PhotoEdit edit) {
  final kept = edit.cropInFile.pixelsOf(image.width, image.height);
  final width = edit.isOnSide ? kept.height : kept.width;
  final height = edit.isOnSide ? kept.width : kept.height;
  final bytes = Uint8List(width * height * 3);
  // Where the first pixel comes from, and what lies right of and below it.
  final (x, y, right, below) = switch (edit.quarterTurns) {
    1 => (0, kept.height - 1, -image.width, 1),
    2 => (kept.width - 1, kept.height - 1, -1, -image.width),
    3 => (kept.width - 1, 0, image.width, -1),
    _ => (0, 0, 1, image.width),
  };
  final start = (kept.top + y) * image.width + kept.left + x;
  for (var row = 0, to = 0; row < height; row++) {
    var from = (start + row * below) * 3;
    for (var column = 0; column < width; column++, to += 3) {
      bytes[to] = image.bytes[from];
      bytes[to + 1] = image.bytes[from + 1];
      bytes[to + 2] = image.bytes[from + 2];
      from += right * 3;
    }
  }
  return RgbImage(width, height, bytes);
}
