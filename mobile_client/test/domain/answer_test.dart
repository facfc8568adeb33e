import 'package:image_classifier/domain/answer.dart';
import 'package:image_classifier/domain/feedback.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/domain/quality.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';

void main() {
  test('a server of an older version stands by its best label', () {
    final json = predictionJson()
      ..remove('answer')
      ..remove('quality')
      ..remove('feedback');
    final prediction = Prediction.fromJson(json);

    expect(prediction.answer.kind, AnswerKind.exact);
    expect(prediction.answer.displayName, 'Golden retriever');
    expect(prediction.quality.retake, isFalse);
    expect(prediction.feedback, isNull);
  });

  test('an answer, the flaws of a photo and what was said are read', () {
    final prediction = Prediction.fromJson({
      ...predictionJson(),
      'answer': {
        'kind': 'broader',
        'label': 'retriever',
        'wnid': 'n02099029',
        'probability': 0.93,
      },
      'quality': {
        'retake': true,
        'codes': ['too_small', 'of a later version', 'dark'],
      },
      'feedback': {
        'verdict': 'wrong',
        'label': 'tabby',
        'wnid': null,
        'at': '2026-05-01T12:00:00Z',
      },
    });

    expect(prediction.answer.kind, AnswerKind.broader);
    expect(prediction.answer.displayName, 'Retriever');
    expect(prediction.quality.retake, isTrue);
    expect(prediction.quality.flaws, [PhotoFlaw.tooSmall, PhotoFlaw.dark]);
    expect(
      prediction.feedback,
      const Feedback(Verdict.wrong, label: 'tabby'),
    );
  });

  test('nothing is what an unsure answer says', () {
    final json = {
      'kind': 'unsure',
      'label': '',
      'wnid': '',
      'probability': 0.3,
    };

    expect(Answer.fromJson(json).displayName, '');
    expect(Answer.fromJson({...json, 'kind': 'later'}).kind, AnswerKind.unsure);
  });
}
