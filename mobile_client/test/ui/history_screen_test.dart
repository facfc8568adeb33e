import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/domain/answer.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/ui/detail/detail_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/examples.dart';
import '../../testing/ui/fake_changes.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';
import '../../testing/ui/pump_history.dart';

void main() {
  late FakePredictionRepository repository;
  late FakeChangeQueue changes;
  setUp(() {
    repository = FakePredictionRepository();
    changes = FakeChangeQueue();
  });

  Future<void> pump(WidgetTester tester, {Size size = phone}) =>
      pumpHistory(tester, repository, changes, size: size);

  testWidgets('lists what was classified', (tester) async {
    repository.fill(3);

    await pump(tester);

    expect(find.text('Label 0'), findsOneWidget);
    expect(find.text('Label 2'), findsOneWidget);
    expect(find.textContaining('97%'), findsNWidgets(3));
  });

  testWidgets('says that there is nothing yet', (tester) async {
    await pump(tester);

    expect(find.text(en.historyEmptyTitle), findsOneWidget);
  });

  testWidgets('says why there is nothing, and tries again', (tester) async {
    repository.onFirstPage = (_) async => const Failed(ServerException(500));
    await pump(tester);
    expect(find.text(en.errorServerError), findsOneWidget);

    repository.fill(1);
    await tester.tapOn(find.text(en.retry));

    expect(find.text('Label 0'), findsOneWidget);
  });

  testWidgets('says that it is a copy, and of when', (tester) async {
    repository.onFirstPage = (_) async => Ok(
          HistoryPage(
            predictions: [examplePrediction()],
            isOffline: true,
            savedAt: DateTime(2026, 5, 2, 9, 30),
            reason: const OfflineException(),
          ),
        );

    await pump(tester);

    expect(find.textContaining(en.errorOffline), findsOneWidget);
    expect(find.textContaining('May 2, 2026'), findsOneWidget);
    expect(find.text('Golden retriever'), findsOneWidget);
  });

  testWidgets('loads older photos as one scrolls', (tester) async {
    final next = Uri.parse('http://192.168.1.5:8000/next');
    repository.fill(20, next: next);
    repository.onNextPage = (_) async =>
        Ok(HistoryPage(predictions: [examplePrediction(label: 'the_oldest')]));
    await pump(tester);
    expect(repository.nextPages, isEmpty);

    await tester.drag(find.byType(CustomScrollView), const Offset(0, -3000));
    await tester.settleDown();
    await tester.drag(find.byType(CustomScrollView), const Offset(0, -3000));
    await tester.settleDown();

    expect(repository.nextPages, [next]);
    expect(find.text('The oldest'), findsOneWidget);
  });

  testWidgets('says why older photos are missing, and tries again',
      (tester) async {
    repository.fill(2, next: Uri.parse('http://192.168.1.5:8000/next'));
    repository.onNextPage = (_) async => const Failed(OfflineException());
    await pump(tester);
    expect(find.text(en.errorOffline), findsOneWidget);
    expect(repository.nextPages, hasLength(1));

    repository.onNextPage = (_) async =>
        Ok(HistoryPage(predictions: [examplePrediction(label: 'the_oldest')]));
    await tester.tapOn(find.text(en.retry));

    expect(find.text('The oldest'), findsOneWidget);
  });

  testWidgets('is brought up to date by pulling it down', (tester) async {
    repository.fill(1);
    await pump(tester);

    repository.fill(2);
    await tester.drag(find.text('Label 0'), const Offset(0, 400));
    await tester.pumpAndSettle();

    expect(find.text('Label 1'), findsOneWidget);
  });

  testWidgets('puts the photos under their days', (tester) async {
    final now = DateTime.now();
    repository.onFirstPage = (_) async => Ok(
          HistoryPage(
            predictions: [
              for (var day = 0; day < 2; day++)
                Prediction.fromJson(
                  predictionJson(
                    id: '$day',
                    createdAt: DateTime(now.year, now.month, now.day - day, 12)
                        .toUtc()
                        .toIso8601String(),
                  ),
                ),
            ],
          ),
        );

    await pump(tester);

    expect(find.text(en.historyToday), findsOneWidget);
    expect(find.text(en.historyYesterday), findsOneWidget);
  });

  testWidgets('looks for what is typed, and shows all again', (tester) async {
    repository.fill(2);
    await pump(tester);

    await tester.enterText(find.byType(TextField), 'retriever');
    await tester.testTextInput.receiveAction(TextInputAction.search);
    await tester.settleDown();
    await tester.tap(find.byTooltip(en.historyShowAll).first);
    await tester.settleDown();

    expect(repository.filters, const [
      HistoryFilter(),
      HistoryFilter(search: 'retriever'),
      HistoryFilter(),
    ]);
  });

  testWidgets('filters and orders, and shows all again', (tester) async {
    repository.fill(2);
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.historyFilter));
    await tester.tapOn(find.text(en.filterUnsure));
    await tester.tapOn(find.text(en.filterNone));
    await tester.tapOn(find.text(en.filterLeastSure));
    await tester.tapOn(find.text(en.filterApply));
    await tester.tapOn(find.byTooltip(en.historyShowAll));

    expect(repository.filters, const [
      HistoryFilter(),
      HistoryFilter(
        answer: AnswerKind.unsure,
        feedback: FeedbackFilter.none,
        leastSureFirst: true,
      ),
      HistoryFilter(),
    ]);
  });

  testWidgets('asks nobody to choose where there is nothing', (tester) async {
    await pump(tester, size: tablet);

    expect(find.text(en.historyEmptyTitle), findsOneWidget);
    expect(find.text(en.detailChoose), findsNothing);
  });

  testWidgets('opens a photo on a screen of its own on phones',
      (tester) async {
    repository.fill(1);
    await pump(tester);

    await tester.tapOn(find.text('Label 0'));

    expect(find.byType(DetailScreen), findsOneWidget);
  });

  testWidgets('opens a photo beside the list on tablets', (tester) async {
    repository.fill(1);
    await pump(tester, size: tablet);
    expect(find.text(en.detailChoose), findsOneWidget);

    await tester.tapOn(find.text('Label 0'));

    expect(find.byType(DetailView), findsOneWidget);
    expect(find.byType(DetailScreen), findsNothing);
  });
}
