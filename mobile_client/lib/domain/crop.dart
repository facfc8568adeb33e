/// An edge of what is kept of a photo, as it is seen.
enum CropEdge { left, top, right, bottom }

/// A part of a picture, in pixels.
typedef PixelBox = ({int left, int top, int width, int height});

/// The part of a photo that is kept, in parts of its width and height, 0 to 1.
final class Crop {
  const Crop(this.left, this.top, this.right, this.bottom);

  static const Crop whole = Crop(0, 0, 1, 1);

  /// The least that is kept of either side.
  static const double leastSide = 0.1;

  final double left;
  final double top;
  final double right;
  final double bottom;

  double at(CropEdge edge) => switch (edge) {
        CropEdge.left => left,
        CropEdge.top => top,
        CropEdge.right => right,
        CropEdge.bottom => bottom,
      };

  /// With one edge moved by [part] of the photo's side, to the right or down;
  /// it stops at the photo's edge and [leastSide] before the opposite one.
  Crop withEdgeMoved(CropEdge edge, double part) {
    final to = at(edge) + part;
    return switch (edge) {
      CropEdge.left =>
        Crop(_within(to, 0, right - leastSide), top, right, bottom),
      CropEdge.top =>
        Crop(left, _within(to, 0, bottom - leastSide), right, bottom),
      CropEdge.right =>
        Crop(left, top, _within(to, left + leastSide, 1), bottom),
      CropEdge.bottom =>
        Crop(left, top, right, _within(to, top + leastSide, 1)),
    };
  }

  /// As large, but elsewhere; it stops at the photo's edges.
  Crop moved(double toRight, double down) {
    final x = _within(toRight, -left, 1 - right);
    final y = _within(down, -top, 1 - bottom);
    return Crop(left + x, top + y, right + x, bottom + y);
  }

  /// The same part of the photo after a quarter turn clockwise.
  Crop turned() => Crop(1 - bottom, left, 1 - top, right);

  /// What is kept of a picture of [width] x [height] pixels, at least one.
  PixelBox pixelsOf(int width, int height) {
    final (x, w) = _pixels(left, right, width);
    final (y, h) = _pixels(top, bottom, height);
    return (left: x, top: y, width: w, height: h);
  }

  @override
  bool operator ==(Object other) =>
      other is Crop &&
      other.left == left &&
      other.top == top &&
      other.right == right &&
      other.bottom == bottom;

  @override
  int get hashCode => Object.hash(left, top, right, bottom);

  @override
  String toString() => 'Crop($left, $top, $right, $bottom)';
}

double _within(double value, double least, double most) =>
    value < least ? least : (value > most ? most : value);

(int start, int length) _pixels(double from, double to, int side) {
  final start = (from * side).round().clamp(0, side - 1);
  final end = (to * side).round().clamp(start + 1, side);
  return (start, end - start);
}
