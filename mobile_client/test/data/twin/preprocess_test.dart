import 'dart:convert';
import 'dart:typed_data';

import 'package:image_classifier/data/twin/preprocess.dart';
import 'package:image_classifier/data/twin/rgb_image.dart';
import 'package:image_classifier/domain/json_reader.dart';
import 'package:image_classifier/domain/preprocessing.dart';
import 'package:test/test.dart';

import '../../../testing/recorded.dart';

/// Against what the server's preprocessing made of the same pictures; see
/// tool/record_preprocessing.py.
void main() {
  final golden = recorded('preprocessing')! as Map<String, Object?>;
  final size = golden['size']! as int;

  for (final each in golden['cases']! as List<Object?>) {
    final fields = JsonReader.of(each);
    final width = fields.whole('width'), height = fields.whole('height');
    final resize = fields.text('resize'), pixels = fields.text('pixels');
    test('$width × $height, $resize, is as on the server', () {
      final made = preprocess(
        _picture(width, height),
        Preprocessing(
          width: size,
          height: size,
          resize: ResizeMode.values.byName(resize),
          scaling: ScalingMode.none,
        ),
      );

      final server = base64Decode(pixels);
      expect(made.length, server.length);
      // To the last bit; one step of 255 would do.
      for (var i = 0; i < server.length; i++) {
        expect(made[i], server[i], reason: 'value $i');
      }
    });
  }

  (golden['scaled']! as Map<String, Object?>).forEach((name, values) {
    test('the scaling $name is as on the server', () {
      final spec = Preprocessing.fromJson(
        {'width_px': 2, 'height_px': 2, 'resize': 'fit', 'scaling': name},
      );

      final made = scalePixels(
        Uint8List.fromList((golden['values']! as List<Object?>).cast()),
        spec.scaling,
      );

      for (final (i, value) in (values! as List<Object?>).indexed) {
        expect((made[i] - (value! as num)).abs(), lessThan(2e-5));
      }
      expect(Preprocessing.fromJson(spec.toJson()).scaling, spec.scaling);
    });
  });

  test('what this app cannot do is refused', () {
    for (final wrong in [
      {'width_px': 2, 'height_px': 2, 'resize': 'fit', 'scaling': 'later'},
      {'width_px': 2, 'height_px': 2, 'resize': 'later', 'scaling': 'tf'},
      {'width_px': 'x', 'height_px': 2, 'resize': 'fit', 'scaling': 'tf'},
    ]) {
      expect(() => Preprocessing.fromJson(wrong), throwsFormatException);
    }
  });

  test('white is laid below what can be seen through', () {
    final image = RgbImage.ofRgba(
      3,
      1,
      Uint8List.fromList([1, 2, 3, 255, 0, 0, 0, 0, 100, 0, 0, 100]),
    );

    expect(image.bytes, [1, 2, 3, 255, 255, 255, 255, 155, 155]);
  });
}

/// As tool/record_preprocessing.py draws it.
RgbImage _picture(int width, int height) => RgbImage(
      width,
      height,
      Uint8List.fromList([
        for (var i = 0; i < width * height * 3; i++)
          (i * i * 31 + i * 17 + (i ~/ 97) * 5) % 256,
      ]),
    );
