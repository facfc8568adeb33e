import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';

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

  Future<void> swipe(WidgetTester tester, String label) async {
    await tester.drag(find.text(label), const Offset(-390, 0));
    await tester.pumpAndSettle();
  }

  testWidgets('deletes what was swiped away, and offers to undo that',
      (tester) async {
    repository.fill(2);
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
    repository.fill(2);
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
    repository.fill(2);
    changes.refusal = const PhoneStorageException.noRoom();
    await pump(tester);

    await swipe(tester, 'Label 0');

    expect(find.text('Label 0'), findsOneWidget);
    expect(find.textContaining(en.errorNoRoomOnPhone), findsOneWidget);
  });
}
