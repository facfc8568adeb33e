import 'dart:typed_data';

import 'package:image_classifier/data/edited_pixels.dart';
import 'package:image_classifier/data/twin/rgb_image.dart';
import 'package:image_classifier/domain/crop.dart';
import 'package:image_classifier/domain/photo_edit.dart';
import 'package:test/test.dart';

/// A picture whose pixels are numbered in the order of reading.
RgbImage numbered(int width, int height) => RgbImage(
      width,
      height,
      Uint8List.fromList([
        for (var i = 0; i < width * height; i++) ...[i, i + 100, i + 200],
      ]),
    );

List<List<int>> rowsOf(RgbImage image) => [
      for (var y = 0; y < image.height; y++)
        [
          for (var x = 0; x < image.width; x++)
            image.bytes[(y * image.width + x) * 3],
        ],
    ];

void main() {
  for (final (turns, rows) in [
    (0, [[0, 1, 2], [3, 4, 5]]),
    (1, [[3, 0], [4, 1], [5, 2]]),
    (2, [[5, 4, 3], [2, 1, 0]]),
    (3, [[2, 5], [1, 4], [0, 3]]),
  ]) {
    test('a picture after $turns quarter turns clockwise', () {
      final image = edited(numbered(3, 2), PhotoEdit(quarterTurns: turns));

      expect(rowsOf(image), rows);
    });
  }

  test('only what is inside the frame is left', () {
    const edit = PhotoEdit(crop: Crop(0.25, 0.5, 0.75, 1));

    expect(rowsOf(edited(numbered(4, 4), edit)), [[9, 10], [13, 14]]);
  });

  test('the frame is that of the turned picture', () {
    // Turned, the left column is at the top.
    const edit = PhotoEdit(quarterTurns: 1, crop: Crop(0, 0, 1, 0.25));

    expect(rowsOf(edited(numbered(4, 4), edit)), [[12, 8, 4, 0]]);
  });

  test('all three colours come along', () {
    const edit = PhotoEdit(quarterTurns: 2);

    expect(edited(numbered(2, 1), edit).bytes, [1, 101, 201, 0, 100, 200]);
  });
}
