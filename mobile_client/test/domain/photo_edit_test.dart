import 'package:image_classifier/domain/crop.dart';
import 'package:image_classifier/domain/photo_edit.dart';
import 'package:test/test.dart';

void main() {
  const kept = Crop(0.25, 0.125, 0.75, 0.5);

  group('an edge', () {
    test('moves alone', () {
      expect(
        kept.withEdgeMoved(CropEdge.left, 0.125),
        const Crop(0.375, 0.125, 0.75, 0.5),
      );
    });

    for (final (edge, part, stopsAt) in [
      (CropEdge.left, -5.0, 0.0),
      (CropEdge.top, -5.0, 0.0),
      (CropEdge.right, 5.0, 1.0),
      (CropEdge.bottom, 5.0, 1.0),
      (CropEdge.left, 5.0, 0.75 - Crop.leastSide),
      (CropEdge.top, 5.0, 0.5 - Crop.leastSide),
      (CropEdge.right, -5.0, 0.25 + Crop.leastSide),
      (CropEdge.bottom, -5.0, 0.125 + Crop.leastSide),
    ]) {
      test('${edge.name} stops at $stopsAt', () {
        expect(kept.withEdgeMoved(edge, part).at(edge), stopsAt);
      });
    }
  });

  test('what is kept moves as a whole and stops at the edges', () {
    expect(kept.moved(0.125, 0.25), const Crop(0.375, 0.375, 0.875, 0.75));
    expect(kept.moved(9, 9), const Crop(0.5, 0.625, 1, 1));
    expect(kept.moved(-9, -9), const Crop(0, 0, 0.5, 0.375));
  });

  group('a quarter turn', () {
    test('takes what was kept along', () {
      // What was at the top is at the right.
      expect(
        const Crop(0, 0, 1, 0.25).turned(),
        const Crop(0.75, 0, 1, 1),
      );
    });

    test('four times leaves the photo as it was', () {
      var edit = const PhotoEdit(crop: kept);
      for (var i = 0; i < 4; i++) {
        edit = edit.turned();
      }

      expect(edit, const PhotoEdit(crop: kept));
    });

    test('to the left undoes one to the right', () {
      const edit = PhotoEdit(crop: kept);

      expect(edit.turned().turned(clockwise: false), edit);
      expect(edit.turned(clockwise: false).quarterTurns, 3);
    });

    for (var turns = 0; turns < 4; turns++) {
      test('after $turns of them the same part of the file is kept', () {
        var edit = const PhotoEdit(crop: kept);
        for (var i = 0; i < turns; i++) {
          edit = edit.turned();
        }

        expect(edit.cropInFile, kept);
        expect(edit.isOnSide, turns.isOdd);
      });
    }
  });

  test('only nothing done is none', () {
    expect(const PhotoEdit().isNone, isTrue);
    expect(const PhotoEdit().turned().isNone, isFalse);
    expect(const PhotoEdit().cropped(kept).isNone, isFalse);
    expect(const PhotoEdit(crop: kept).cropped(Crop.whole).isNone, isTrue);
  });

  group('in pixels', () {
    test('it is what is kept of the picture', () {
      expect(
        kept.pixelsOf(400, 200),
        (left: 100, top: 25, width: 200, height: 75),
      );
    });

    test('it is within the picture and at least one', () {
      expect(
        const Crop(0.999, 0.999, 1, 1).pixelsOf(3, 3),
        (left: 2, top: 2, width: 1, height: 1),
      );
      expect(
        Crop.whole.pixelsOf(1, 1),
        (left: 0, top: 0, width: 1, height: 1),
      );
    });
  });

  group('a photo is decoded', () {
    test('so small that what is kept has the pixels that are asked for', () {
      const edit = PhotoEdit(crop: Crop(0, 0, 0.5, 1));

      final scale = edit.scaleFor(4000, 1000, longestSide: 500);

      expect(scale, 0.25);
    });

    test('no larger than it is', () {
      expect(const PhotoEdit().scaleFor(400, 300, longestSide: 1600), 1);
    });

    test('in full where nobody asks for less', () {
      expect(const PhotoEdit().scaleFor(8000, 6000, longestSide: null), 1);
    });

    test('by its longer side, turned or not', () {
      expect(
        const PhotoEdit(quarterTurns: 1)
            .scaleFor(1000, 4000, longestSide: 1000),
        0.25,
      );
    });
  });
}
