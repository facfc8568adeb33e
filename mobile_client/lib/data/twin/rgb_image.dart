import 'dart:typed_data';

/// A decoded, upright picture: three bytes a pixel, row by row.
final class RgbImage {
  const RgbImage(this.width, this.height, this.bytes);

  /// The same of pixels with a fourth byte, how much each covers, by which
  /// the others are multiplied already. White is laid below, as the server
  /// does it.
  factory RgbImage.ofRgba(int width, int height, Uint8List rgba) {
    final bytes = Uint8List(width * height * 3);
    for (var from = 0, to = 0; to < bytes.length; from += 4, to += 3) {
      final white = 255 - rgba[from + 3];
      bytes[to] = rgba[from] + white;
      bytes[to + 1] = rgba[from + 1] + white;
      bytes[to + 2] = rgba[from + 2] + white;
    }
    return RgbImage(width, height, bytes);
  }

  final int width;
  final int height;
  final Uint8List bytes;
}
