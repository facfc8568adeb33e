import 'package:image_classifier/domain/server_model.dart';
import 'package:test/test.dart';

void main() {
  test('a model that was not measured has no accuracy', () {
    final model = ServerModel.fromJson(const {
      'name': 'mine',
      'version': '1',
      'serves': false,
      'classes': 3,
      'accuracy': <String, Object?>{},
    });

    expect(model.top1, isNull);
    expect(model.top5, isNull);
    expect(model.publishedTop1, isNull);
  });

  test('a model that was trained on the server has what was measured', () {
    final model = ServerModel.fromJson(const {
      'name': 'mine',
      'version': '1',
      'serves': true,
      'classes': 3,
      'accuracy': {'top_1': 0.9, 'top_5': 1.0},
      'published': null,
      'license': '',
    });

    expect(model.top1, 0.9);
    expect(model.top5, 1.0);
  });
}
