import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/ui/detail/detail_screen.dart';
import 'package:image_classifier/ui/history/history_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/examples.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakePredictionRepository repository;
  setUp(() => repository = FakePredictionRepository());

  /// Puts [count] predictions on the first page.
  void fill(int count, {Uri? next}) {
    repository.onFirstPage = (_) async => Ok(
          HistoryPage(
            predictions: [
              for (var i = 0; i < count; i++)
                examplePrediction(id: '$i', label: 'label_$i'),
            ],
            next: next,
          ),
        );
  }

  Future<void> pump(WidgetTester tester, {Size size = phone}) async {
    await tester.pumpScreen(HistoryScreen(repository: repository), size: size);
    await tester.settleDown();
  }

  Future<void> swipe(WidgetTester tester, String label) async {
    await tester.drag(find.text(label), const Offset(-390, 0));
    await tester.pumpAndSettle();
  }

  testWidgets('lists what was classified', (tester) async {
    fill(3);

    await pump(tester);

    expect(find.text('label 0'), findsOneWidget);
    expect(find.text('label 2'), findsOneWidget);
    expect(find.textContaining('97.0%'), findsNWidgets(3));
  });

  testWidgets('says that there is nothing yet', (tester) async {
    await pump(tester);

    expect(find.text(en.historyEmptyTitle), findsOneWidget);
  });

  testWidgets('says why there is nothing, and tries again', (tester) async {
    repository.onFirstPage = (_) async => const Failed(ServerException(500));
    await pump(tester);
    expect(find.text(en.errorServerError), findsOneWidget);

    fill(1);
    await tester.tapOn(find.text(en.retry));

    expect(find.text('label 0'), findsOneWidget);
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
    expect(find.text('golden retriever'), findsOneWidget);
  });

  testWidgets('loads older photos as one scrolls', (tester) async {
    final next = Uri.parse('http://192.168.1.5:8000/next');
    fill(20, next: next);
    repository.onNextPage = (_) async =>
        Ok(HistoryPage(predictions: [examplePrediction(label: 'the_oldest')]));
    await pump(tester);
    expect(repository.nextPages, isEmpty);

    await tester.drag(find.byType(CustomScrollView), const Offset(0, -3000));
    await tester.settleDown();
    await tester.drag(find.byType(CustomScrollView), const Offset(0, -3000));
    await tester.settleDown();

    expect(repository.nextPages, [next]);
    expect(find.text('the oldest'), findsOneWidget);
  });

  testWidgets('says why older photos are missing, and tries again',
      (tester) async {
    fill(2, next: Uri.parse('http://192.168.1.5:8000/next'));
    repository.onNextPage = (_) async => const Failed(OfflineException());
    await pump(tester);
    expect(find.text(en.errorOffline), findsOneWidget);
    expect(repository.nextPages, hasLength(1));

    repository.onNextPage = (_) async =>
        Ok(HistoryPage(predictions: [examplePrediction(label: 'the_oldest')]));
    await tester.tapOn(find.text(en.retry));

    expect(find.text('the oldest'), findsOneWidget);
  });

  testWidgets('is brought up to date by pulling it down', (tester) async {
    fill(1);
    await pump(tester);

    fill(2);
    await tester.drag(find.text('label 0'), const Offset(0, 400));
    await tester.pumpAndSettle();

    expect(find.text('label 1'), findsOneWidget);
  });

  testWidgets('shows only one label, and all again', (tester) async {
    fill(2);
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.filterByLabel));
    await tester.enterText(find.byType(TextField), 'RETRIEVER');
    await tester.settleDown();
    expect(find.text('orange'), findsNothing);
    await tester.tapOn(find.text('golden retriever'));
    expect(find.text(en.filterActive('golden retriever')), findsOneWidget);
    await tester.tapOn(find.byTooltip(en.historyShowAll));

    expect(repository.filters, const [
      HistoryFilter(),
      HistoryFilter(label: 'golden_retriever'),
      HistoryFilter(),
    ]);
  });

  testWidgets('deletes what was swiped away when undo is over',
      (tester) async {
    fill(2);
    await pump(tester);

    await swipe(tester, 'label 0');
    expect(find.text('label 0'), findsNothing);
    expect(find.text(en.historyDeleted('label 0')), findsOneWidget);
    expect(repository.deleted, isEmpty);
    await tester.pump(const Duration(seconds: 5));
    await tester.pumpAndSettle();

    expect(repository.deleted, ['0']);
    expect(find.text('label 0'), findsNothing);
  });

  testWidgets('does not delete what was taken back', (tester) async {
    fill(2);
    await pump(tester);

    await swipe(tester, 'label 0');
    await tester.tap(find.text(en.undo));
    await tester.pumpAndSettle();
    await tester.pump(const Duration(seconds: 5));

    expect(find.text('label 0'), findsOneWidget);
    expect(repository.deleted, isEmpty);
  });

  testWidgets('deletes the first when a second is swiped away',
      (tester) async {
    fill(3);
    await pump(tester);

    await swipe(tester, 'label 0');
    await swipe(tester, 'label 1');

    expect(repository.deleted, ['0']);
  });

  testWidgets('deletes what was swiped away when it is left', (tester) async {
    fill(2);
    await pump(tester);

    await swipe(tester, 'label 0');
    await tester.pumpScreen(const SizedBox());

    expect(repository.deleted, ['0']);
  });

  testWidgets('brings back what could not be deleted, and says why',
      (tester) async {
    fill(2);
    repository.onDelete = () async => const Failed(OfflineException());
    await pump(tester);

    await swipe(tester, 'label 0');
    await tester.pump(const Duration(seconds: 5));
    await tester.pumpAndSettle();

    expect(find.text('label 0'), findsOneWidget);
    expect(find.textContaining(en.errorOffline), findsOneWidget);
  });

  testWidgets('asks nobody to choose where there is nothing', (tester) async {
    await pump(tester, size: tablet);

    expect(find.text(en.historyEmptyTitle), findsOneWidget);
    expect(find.text(en.detailChoose), findsNothing);
  });

  testWidgets('opens a photo on a screen of its own on phones',
      (tester) async {
    fill(1);
    await pump(tester);

    await tester.tapOn(find.text('label 0'));

    expect(find.byType(DetailScreen), findsOneWidget);
  });

  testWidgets('opens a photo beside the list on tablets', (tester) async {
    fill(1);
    await pump(tester, size: tablet);
    expect(find.text(en.detailChoose), findsOneWidget);

    await tester.tapOn(find.text('label 0'));

    expect(find.byType(DetailView), findsOneWidget);
    expect(find.byType(DetailScreen), findsNothing);
  });
}
