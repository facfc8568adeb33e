import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/ui/lock/lock_gate.dart';

import '../../testing/ui/fake_phone.dart';
import '../../testing/ui/pump.dart';

void main() {
  Future<GlobalKey<LockGateState>> pump(
    WidgetTester tester,
    FakeAppLock lock, {
    bool isOn = true,
  }) async {
    final key = GlobalKey<LockGateState>();
    await tester.pumpScreen(
      LockGate(key: key, isOn: isOn, lock: lock, child: const Text('photos')),
    );
    await tester.settleDown();
    return key;
  }

  testWidgets('shows everything where it is not wanted', (tester) async {
    final lock = FakeAppLock();

    await pump(tester, lock, isOn: false);

    expect(find.text('photos'), findsOneWidget);
    expect(lock.asked, 0);
  });

  testWidgets('asks at the start, and each time that the app was hidden',
      (tester) async {
    final lock = FakeAppLock();
    final key = await pump(tester, lock);
    expect(find.text('photos'), findsOneWidget);

    key.currentState!.close();
    await tester.settleDown();
    expect(find.text('photos'), findsNothing);
    await tester.tapOn(find.text(en.lockAction));

    expect(find.text('photos'), findsOneWidget);
    expect(lock.asked, 2);
  });

  testWidgets('keeps what was going on behind it', (tester) async {
    final key = GlobalKey<LockGateState>();
    await tester.pumpScreen(
      LockGate(
        key: key,
        isOn: true,
        lock: FakeAppLock(),
        child: const Material(child: TextField()),
      ),
    );
    await tester.settleDown();
    await tester.enterText(find.byType(TextField), 'half a word');

    key.currentState!.close();
    await tester.settleDown();
    expect(find.text('half a word'), findsNothing);
    await tester.tapOn(find.text(en.lockAction));

    expect(find.text('half a word'), findsOneWidget);
  });

  testWidgets('shows nothing to who cannot unlock it', (tester) async {
    await pump(tester, FakeAppLock()..opens = false);

    expect(find.text('photos'), findsNothing);
    expect(find.text(en.lockedTitle), findsOneWidget);
  });
}
