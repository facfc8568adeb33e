import 'dart:io';

import 'package:flutter_test/flutter_test.dart';
import 'package:image/image.dart' as codec;
import 'package:image_classifier/domain/crop.dart';
import 'package:image_classifier/domain/photo_edit.dart';
import 'package:image_classifier/platform/ui_photo_cropper.dart';

import '../../testing/examples.dart';

/// As a phone held upright writes it: on its side, with a note of how to turn
/// it. It is seen 40 pixels wide and 80 high, red above and blue below.
File takenUpright(Directory folder) {
  final image = codec.Image(width: 80, height: 40);
  for (final pixel in image) {
    pixel.setRgb(pixel.x < 40 ? 255 : 0, 0, pixel.x < 40 ? 0 : 255);
  }
  image.exif.imageIfd.orientation = 6;
  return File('${folder.path}/photo.jpg')
    ..writeAsBytesSync(codec.encodeJpg(image));
}

void main() {
  const cropper = UiPhotoCropper();
  late Directory folder;
  late File photo;
  setUp(() => photo = takenUpright(folder = temporaryFolder()));
  tearDown(() => folder.deleteSync(recursive: true));

  Future<codec.Image> crop(PhotoEdit edit, {int? longestSide}) async {
    final file = await cropper.crop(photo, edit, longestSide: longestSide);
    return codec.decodeJpg(file.readAsBytesSync())!;
  }

  test('a photo is as large as it is seen', () async {
    expect(await cropper.sizeOf(photo), (40, 80));
  });

  test('what is no photo has no size', () async {
    photo.writeAsStringSync('not a photo');

    expect(await cropper.sizeOf(photo), isNull);
  });

  test('what is cropped is what was seen, upright', () async {
    const lowerHalf = PhotoEdit(crop: Crop(0, 0.5, 1, 1));

    final image = await crop(lowerHalf);

    expect((image.width, image.height), (40, 40));
    expect(image.getPixel(20, 20).b, greaterThan(200));
    expect(image.getPixel(20, 20).r, lessThan(55));
    expect(image.exif.imageIfd.orientation, anyOf(isNull, 1));
  });

  test('what is turned lies on its side', () async {
    final image = await crop(const PhotoEdit(quarterTurns: 1));

    expect((image.width, image.height), (80, 40));
    // What was above is at the right.
    expect(image.getPixel(70, 20).r, greaterThan(200));
    expect(image.getPixel(10, 20).b, greaterThan(200));
  });

  test('it is no larger than asked for', () async {
    final image = await crop(const PhotoEdit(quarterTurns: 2), longestSide: 40);

    expect((image.width, image.height), (20, 40));
  });

  test('the photo stays as it was', () async {
    final before = photo.readAsBytesSync();

    await crop(const PhotoEdit(quarterTurns: 3));

    expect(photo.readAsBytesSync(), before);
  });
}
