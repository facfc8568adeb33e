import 'package:image_classifier/domain/answer.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';

void main() {
  group('a history filter', () {
    final retriever = examplePrediction();

    test('without a wish matches all and asks for nothing', () {
      const filter = HistoryFilter(label: '', search: '');

      expect(filter.isEmpty, isTrue);
      expect(filter.query, isEmpty);
      expect(filter.matches(retriever), isTrue);
    });

    test('for a label takes spaces for underscores, but no part', () {
      bool matches(String label) =>
          HistoryFilter(label: label).matches(retriever);

      expect(matches('Golden retriever'), isTrue);
      expect(matches('golden_retriever'), isTrue);
      expect(matches('golden'), isFalse);
    });

    test('for a part ignores case', () {
      bool matches(String part) =>
          HistoryFilter(search: part).matches(retriever);

      expect(matches('EN RET'), isTrue);
      expect(matches('cat'), isFalse);
    });

    test('sends what it filters by', () {
      expect(
        const HistoryFilter(label: 'orange', search: 'ran').query,
        {'label': 'orange', 'search': 'ran'},
      );
    });

    test('for an answer, a word or a time decides as the server would', () {
      final day = DateTime.utc(2026, 5);

      bool matches(HistoryFilter filter) => filter.matches(retriever);
      expect(matches(const HistoryFilter(answer: AnswerKind.exact)), isTrue);
      expect(matches(const HistoryFilter(answer: AnswerKind.unsure)), isFalse);
      expect(
        matches(const HistoryFilter(feedback: FeedbackFilter.none)),
        isTrue,
      );
      expect(
        matches(const HistoryFilter(feedback: FeedbackFilter.right)),
        isFalse,
      );
      expect(matches(HistoryFilter(from: day)), isTrue);
      expect(matches(HistoryFilter(until: day)), isFalse);
      expect(matches(const HistoryFilter(search: 'cocker')), isTrue);
    });

    test('puts the least sure on top, if asked to', () {
      final sure = examplePrediction(id: 'sure');
      final unsure = Prediction.fromJson(
        {...predictionJson(id: 'unsure'), 'probability': 0.1},
      );

      expect(
        const HistoryFilter(leastSureFirst: true).ordered([sure, unsure]),
        [unsure, sure],
      );
      expect(const HistoryFilter().ordered([sure, unsure]), [sure, unsure]);
    });

    test('sends all of it as the API names it', () {
      expect(
        HistoryFilter(
          search: ' cat ',
          feedback: FeedbackFilter.wrong,
          answer: AnswerKind.broader,
          from: DateTime.utc(2026, 5),
          until: DateTime.utc(2026, 6),
          leastSureFirst: true,
        ).query,
        {
          'search': 'cat',
          'feedback': 'wrong',
          'answer': 'broader',
          'created_after': '2026-05-01T00:00:00.000Z',
          'created_before': '2026-06-01T00:00:00.000Z',
          'ordering': 'probability',
        },
      );
    });
  });
}
