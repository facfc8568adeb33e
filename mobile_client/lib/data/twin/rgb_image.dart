import 'dart:typed_data';

/// A decoded, upright picture: three bytes a pixel, row by row.
final class RgbImage {
  const RgbImage(this.width, this.height, this.bytes);

  /// The same of pixels with a fourth byte, which is left out.
  factory RgbImage.ofRgba(int width, int height, Uint8List rgba) {
    final bytes = Uint8List(width * height * 3);
    for (var from = 0, to = 0; to < bytes.length; from += 4, to += 3) {
      bytes[to] = rgba[from];
      bytes[to + 1] = rgba[from + 1];
      bytes[to + 2] = rgba[from + 2];
    }
    return RgbImage(width, height, bytes);
  }

  final int width;
  final int height;
  final Uint8List bytes;
}
