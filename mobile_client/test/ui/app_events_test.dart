import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/ui/problems/problems_screen.dart';

import '../../testing/ui/app_rig.dart';
import '../../testing/ui/fake_queue.dart';
import '../../testing/ui/pump.dart';

void main() {
  late AppRig app;
  setUp(() => app = AppRig());

  Future<void> goThrough(
    WidgetTester tester,
    List<AppLifecycleState> states,
  ) async {
    states.forEach(tester.binding.handleAppLifecycleStateChanged);
    await tester.settleDown();
  }

  /// The app goes out of sight.
  Future<void> leave(WidgetTester tester) => goThrough(
        tester,
        const [AppLifecycleState.inactive, AppLifecycleState.hidden],
      );

  /// And comes back.
  Future<void> comeBack(WidgetTester tester) => goThrough(
        tester,
        const [AppLifecycleState.inactive, AppLifecycleState.resumed],
      );

  testWidgets('tries what waits when it comes to the front', (tester) async {
    await app.pump(tester);

    await comeBack(tester);

    expect(app.queue.calls, ['wake']);
  });

  testWidgets('tries what waits as soon as the network returns',
      (tester) async {
    await app.pump(tester);

    app.network.controller.add(null);
    await tester.settleDown();

    expect(app.queue.calls, ['wake']);
  });

  testWidgets('leaves what waits to the phone, until it is back',
      (tester) async {
    app.queue.show(exampleUpload());
    await app.pump(tester);

    await leave(tester);
    expect(app.background.calls, ['schedule']);
    await comeBack(tester);

    expect(app.background.calls, ['schedule', 'cancel']);
  });

  testWidgets('leaves it to a network that costs nothing, if that is chosen',
      (tester) async {
    await app.settings.change(const Settings(onWifiOnly: true));
    app.queue.show(exampleUpload());
    await app.pump(tester);

    await leave(tester);
    expect(app.background.calls, ['schedule on wifi']);

    await comeBack(tester);
  });

  testWidgets('leaves nothing to the phone where that is not wanted',
      (tester) async {
    await app.settings.change(const Settings(sendInBackground: false));
    app.queue.show(exampleUpload());
    await app.pump(tester);

    await leave(tester);
    expect(app.background.calls, isEmpty);

    await comeBack(tester);
  });

  testWidgets('leaves nothing to the phone where nothing waits',
      (tester) async {
    app.queue.show(exampleUpload(state: UploadState.done));
    await app.pump(tester);

    await leave(tester);
    expect(app.background.calls, isEmpty);

    await comeBack(tester);
  });

  testWidgets('tells of what nobody foresaw, and has a report of it',
      (tester) async {
    await app.pump(tester);

    app.problems.note(StateError('a bug'), StackTrace.empty);
    await tester.settleDown();
    expect(find.text(en.errorUnexpected), findsOneWidget);
    await tester.tap(find.text(en.problemsShow));
    await tester.settleDown();
    expect(find.byType(ProblemsScreen), findsOneWidget);
    await tester.tapOn(find.text(en.problemsShare));
    expect(app.share.shared.single, contains('a bug'));
    await tester.tapOn(find.text(en.problemsForget));

    expect(find.text(en.problemsNone), findsOneWidget);
  });
}
