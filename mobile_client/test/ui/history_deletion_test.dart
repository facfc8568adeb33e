import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/domain/answer.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/ui/detail/detail_screen.dart';
import 'package:image_classifier/ui/history/history_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/examples.dart';
import '../../testing/ui/fake_changes.dart';
import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakePredictionRepository repository;
  late FakeChangeQueue changes;
  setUp(() {
    repository = FakePredictionRepository();
    changes = FakeChangeQueue();
  });

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
    await tester.pumpScreen(
      HistoryScreen(
        tools: fakeTools(predictions: repository, changes: changes),
      ),
      size: size,
    );
    await tester.settleDown();
  }

  Future<void> swipe(WidgetTester tester, String label) async {
    await tester.drag(find.text(label), const Offset(-390, 0));
    await tester.pumpAndSettle();
  }

  testWidgets('deletes what was swiped away, and offers to undo that',
      (tester) async {
    fill(2);
    await pump(tester);

    await swipe(tester, 'Label 0');
    expect(find.text('Label 0'), findsNothing);
    expect(find.text(en.historyDeleted('Label 0')), findsOneWidget);
    await tester.tap(find.text(en.undo));
    await tester.pumpAndSettle();

    expect(find.text('Label 0'), findsOneWidget);
    expect(changes.calls, ['delete 0', 'undo 0']);
  });

  testWidgets('says when undo came too late', (tester) async {
    fill(2);
    changes.canUndo = false;
    await pump(tester);

    await swipe(tester, 'Label 0');
    await tester.tap(find.text(en.undo));
    await tester.settleDown();

    expect(find.text(en.undoTooLate), findsOneWidget);
    expect(find.text('Label 0'), findsNothing);
  });

  testWidgets('keeps what the phone does not delete, and says why',
      (tester) async {
    fill(2);
    changes.refusal = const PhoneStorageException.noRoom();
    await pump(tester);

    await swipe(tester, 'Label 0');

    expect(find.text('Label 0'), findsOneWidget);
    expect(find.textContaining(en.errorNoRoomOnPhone), findsOneWidget);
  });
}
