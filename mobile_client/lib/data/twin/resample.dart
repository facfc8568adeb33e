import 'dart:math';
import 'dart:typed_data';

import 'rgb_image.dart';

/// The part of a picture that is kept; its edges may lie within pixels, as
/// exactly as 32 bits tell.
final class Box {
  Box(double left, double top, double right, double bottom)
      : left = _single(left),
        top = _single(top),
        right = _single(right),
        bottom = _single(bottom);

  final double left;
  final double top;
  final double right;
  final double bottom;
}

/// [box] of [image] at another size: bilinear with antialiasing, in the same
/// fixed-point steps as the server's imaging library.
RgbImage resample(RgbImage image, Box box, int width, int height) {
  final columns = _Weights.of(image.width, box.left, box.right, width);
  final rows = _Weights.of(image.height, box.top, box.bottom, height);
  RgbImage across(RgbImage image) =>
      _needs(image.width, box.left, box.right, width)
          ? _horizontally(image, columns, width)
          : image;
  RgbImage down(RgbImage image) =>
      _needs(image.height, box.top, box.bottom, height)
          ? _vertically(image, rows, height)
          : image;
  // The way with less to do; it decides which values are rounded first.
  return image.width < width && image.height > height
      ? across(down(image))
      : down(across(image));
}

bool _needs(int length, double from, double to, int wanted) =>
    length != wanted || from != 0 || to != length;

RgbImage _horizontally(RgbImage image, _Weights weights, int width) {
  final out = Uint8List(width * image.height * 3);
  var at = 0;
  for (var y = 0; y < image.height; y++) {
    final row = y * image.width * 3;
    for (var x = 0; x < width; x++) {
      final first = row + weights.firsts[x] * 3;
      at = _mix(image.bytes, first, 3, weights, x, out, at);
    }
  }
  return RgbImage(width, image.height, out);
}

RgbImage _vertically(RgbImage image, _Weights weights, int height) {
  final stride = image.width * 3;
  final out = Uint8List(stride * height);
  var at = 0;
  for (var y = 0; y < height; y++) {
    final first = weights.firsts[y] * stride;
    for (var x = 0; x < image.width; x++) {
      at = _mix(image.bytes, first + x * 3, stride, weights, y, out, at);
    }
  }
  return RgbImage(image.width, height, out);
}

/// Writes one pixel, and gives the place of the next.
int _mix(
  Uint8List pixels,
  int first,
  int step,
  _Weights weights,
  int index,
  Uint8List out,
  int at,
) {
  final table = weights.table;
  final start = index * weights.most;
  final count = weights.counts[index];
  var red = _half, green = _half, blue = _half;
  for (var i = 0, from = first; i < count; i++, from += step) {
    final weight = table[start + i];
    red += pixels[from] * weight;
    green += pixels[from + 1] * weight;
    blue += pixels[from + 2] * weight;
  }
  out[at] = _byte(red >> _bits);
  out[at + 1] = _byte(green >> _bits);
  out[at + 2] = _byte(blue >> _bits);
  return at + 3;
}

int _byte(int value) => value < 0 ? 0 : (value > 255 ? 255 : value);

/// For each pixel of a line of the result: the first pixel that it is made
/// of, how many, and how much of each, in 22 bits.
final class _Weights {
  _Weights(int size, this.most)
      : firsts = Int32List(size),
        counts = Int32List(size),
        table = Int32List(size * most);

  factory _Weights.of(int length, double from, double to, int size) {
    final scale = _single(to - from) / size;
    final reach = max(scale, 1.0);
    final weights = _Weights(size, reach.ceil() * 2 + 1);
    for (var i = 0; i < size; i++) {
      weights._set(i, from + (i + 0.5) * scale, reach, length);
    }
    return weights;
  }

  final int most;
  final Int32List firsts;
  final Int32List counts;
  final Int32List table;

  void _set(int i, double center, double reach, int length) {
    final first = max(0, (center - reach + 0.5).truncate());
    final end = min(length, (center + reach + 0.5).truncate());
    final shares = Float64List(end - first);
    var sum = 0.0;
    for (var x = 0; x < shares.length; x++) {
      final distance = ((x + first - center + 0.5) * (1 / reach)).abs();
      shares[x] = distance < 1 ? 1 - distance : 0;
      sum += shares[x];
    }
    firsts[i] = first;
    counts[i] = shares.length;
    for (var x = 0; x < shares.length; x++) {
      final share = sum == 0 ? shares[x] : shares[x] / sum;
      table[i * most + x] = (share * (1 << _bits) + 0.5).truncate();
    }
  }
}

double _single(double value) => (Float32List(1)..[0] = value)[0];

const int _bits = 22;
const int _half = 1 << (_bits - 1);
