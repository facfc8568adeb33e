import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'package:image_classifier/data/twin/preprocess.dart';
import 'package:image_classifier/data/twin/rgb_image.dart';
import 'package:image_classifier/domain/preprocessing.dart';

/// Prepares decoded photos as the app does, for a network that runs elsewhere:
/// `dart tool/preprocess_photos.dart FOLDER`.
///
/// `FOLDER/photos.json` has the server's `preprocessing` and the `sizes` of
/// the pictures, `FOLDER/photos.rgb` their bytes one after the other; the
/// values are written to `FOLDER/photos.f32`, four bytes each.
Future<void> main(List<String> arguments) async {
  final folder = arguments.single;
  final given = jsonDecode(await File('$folder/photos.json').readAsString())
      as Map<String, Object?>;
  final spec = Preprocessing.fromJson(given['preprocessing']);
  final pixels = await File('$folder/photos.rgb').readAsBytes();
  final out = File('$folder/photos.f32').openWrite();
  var start = 0;
  for (final size in given['sizes']! as List<Object?>) {
    final [width as int, height as int] = size! as List<Object?>;
    final end = start + width * height * 3;
    final image =
        RgbImage(width, height, Uint8List.sublistView(pixels, start, end));
    out.add(Uint8List.sublistView(preprocess(image, spec)));
    start = end;
  }
  await out.close();
}
