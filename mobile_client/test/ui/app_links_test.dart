import 'dart:io';

import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/ui/classify/classify_screen.dart';
import 'package:image_classifier/ui/detail/detail_screen.dart';
import 'package:image_classifier/ui/history/history_screen.dart';

import '../../testing/examples.dart';
import '../../testing/ui/app_rig.dart';
import '../../testing/ui/fake_phone.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late AppRig app;
  setUp(() => app = AppRig());

  testWidgets('takes a photo that another app opened with this one',
      (tester) async {
    await app.pump(tester);
    await tester.tapOn(find.text(en.navHistory));

    await app.open(tester, 'file:///no/such/Inbox/photo.jpg');

    expect(app.queue.calls, ['add /no/such/Inbox/photo.jpg.scaled']);
    expect(find.byType(ClassifyScreen), findsOneWidget);
  });

  testWidgets('follows a link to a prediction once somebody is signed in',
      (tester) async {
    app.sessions = FakeSessionRepository(server: exampleSession().server);
    await app.pump(tester);

    await app.open(tester, 'imageclassifier://prediction/1');
    expect(find.byType(DetailScreen), findsNothing);
    app.sessions.session.value = exampleSession();
    await tester.settleDown();
    await tester.settleDown();

    expect(find.byType(DetailScreen), findsOneWidget);
  });

  testWidgets('follows a link behind its lock', (tester) async {
    await app.settings.change(const Settings(isLocked: true));
    await app.pump(tester, lock: FakeAppLock()..opens = false);

    await app.open(tester, 'imageclassifier://prediction/1');

    expect(find.byType(DetailScreen), findsNothing);
    expect(find.byType(DetailScreen, skipOffstage: false), findsOneWidget);
    expect(find.text(en.lockedTitle), findsOneWidget);
  });

  testWidgets('asks before a link ends the session, and takes a no',
      (tester) async {
    await app.pump(tester);

    await app.open(
      tester,
      'imageclassifier://pair?server=http://10.0.0.2:8000/&code=ABC',
    );
    expect(
      find.text(
        en.pairReplaceBody(
          'http://192.168.1.5:8000/',
          'ada',
          'http://10.0.0.2:8000/',
        ),
      ),
      findsOneWidget,
    );
    await tester.tap(find.text(en.cancel));
    await tester.settleDown();

    expect(app.sessions.calls, isEmpty);
    expect(find.text(en.pairReplaceConfirm), findsNothing);
  });

  testWidgets('asks that behind its lock', (tester) async {
    await app.settings.change(const Settings(isLocked: true));
    final lock = FakeAppLock()..opens = false;
    await app.pump(tester, lock: lock);

    await app.open(
      tester,
      'imageclassifier://pair?server=http://10.0.0.2:8000/&code=ABC',
    );
    expect(find.text(en.pairReplaceConfirm), findsNothing);
    lock.opens = true;
    await tester.tap(find.text(en.lockAction));
    await tester.settleDown();
    await tester.tap(find.text(en.pairReplaceConfirm));
    await tester.settleDown();

    expect(app.sessions.calls, ['pair http://10.0.0.2:8000/ ABC null']);
  });

  testWidgets('stays where it is when a link leads nowhere', (tester) async {
    await app.pump(tester);
    await tester.tapOn(find.text(en.navHistory));

    await app.open(tester, 'imageclassifier://no/such/room');

    expect(find.byType(HistoryScreen), findsOneWidget);
  });

  testWidgets('keeps a photo of another app until somebody is signed in',
      (tester) async {
    app.sessions = FakeSessionRepository();
    final shared = FakeSharedPhotos();
    await app.pump(tester, shared: shared);

    shared.controller.add([File('/no/such/shared.jpg')]);
    await tester.settleDown();
    expect(app.queue.calls, isEmpty);
    app.sessions.server.value = exampleSession().server;
    app.sessions.session.value = exampleSession();
    await tester.settleDown();

    expect(app.queue.calls, ['add /no/such/shared.jpg.scaled']);
  });

  testWidgets('takes a photo of another app behind its lock', (tester) async {
    await app.settings.change(const Settings(isLocked: true));
    final shared = FakeSharedPhotos();
    await app.pump(tester, shared: shared, lock: FakeAppLock()..opens = false);

    shared.controller.add([File('/no/such/shared.jpg')]);
    await tester.settleDown();

    expect(app.queue.calls, ['add /no/such/shared.jpg.scaled']);
    expect(find.text(en.lockedTitle), findsOneWidget);
    expect(find.byType(ClassifyScreen), findsNothing);
  });
}
