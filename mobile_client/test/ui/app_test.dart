import 'dart:io';

import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/platform/photo_picker.dart';
import 'package:image_classifier/ui/account/account_screen.dart';
import 'package:image_classifier/ui/account/change_password_screen.dart';
import 'package:image_classifier/ui/classify/classify_screen.dart';
import 'package:image_classifier/ui/classify/local_photo.dart';
import 'package:image_classifier/ui/devices/devices_screen.dart';
import 'package:image_classifier/ui/history/history_screen.dart';
import 'package:image_classifier/ui/home/home_screen.dart';
import 'package:image_classifier/ui/server/server_screen.dart';
import 'package:image_classifier/ui/sign_in/sign_in_screen.dart';
import 'package:image_classifier/ui/start/start_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/examples.dart';
import '../../testing/ui/app_rig.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late AppRig app;
  setUp(() => app = AppRig());

  testWidgets('begins with the server, then the account, then the photo',
      (tester) async {
    app.sessions = FakeSessionRepository();
    await app.pump(tester);
    expect(find.byType(ServerScreen), findsOneWidget);

    app.sessions.server.value = exampleSession().server;
    await tester.settleDown();
    expect(find.byType(SignInScreen), findsOneWidget);
    app.sessions.session.value = exampleSession();
    await tester.settleDown();

    expect(find.byType(ClassifyScreen), findsOneWidget);
  });

  testWidgets('leads to all rooms', (tester) async {
    await app.pump(tester);

    await tester.tap(find.text(en.navHistory));
    await tester.settleDown();
    expect(find.byType(HistoryScreen), findsOneWidget);
    await tester.tap(find.text(en.navDevices));
    await tester.settleDown();
    expect(find.byType(DevicesScreen), findsOneWidget);
    await tester.tap(find.text(en.navAccount));
    await tester.settleDown();
    expect(find.byType(AccountScreen), findsOneWidget);
  });

  testWidgets('keeps the current photo while other rooms are visited',
      (tester) async {
    await app.pump(tester);
    await tester.tapOn(find.text(en.takePhoto));
    expect(find.byType(LocalPhoto), findsOneWidget);

    await tester.tap(find.text(en.navHistory));
    await tester.settleDown();
    await tester.tap(find.text(en.navClassify));
    await tester.settleDown();

    expect(find.byType(LocalPhoto), findsOneWidget);
  });

  testWidgets('has its navigation below on phones, at the side on tablets',
      (tester) async {
    await app.pump(tester);
    expect(find.byType(NavigationBar), findsOneWidget);
    await app.pump(tester, size: tablet);

    expect(find.byType(NavigationBar), findsNothing);
    expect(find.byType(NavigationRail), findsOneWidget);
  });

  testWidgets('takes over a photo that the phone had kept', (tester) async {
    app.picker.lost = PhotosPicked([File('/no/such/lost.jpg')]);

    await app.pump(tester);

    expect(app.queue.calls, ['add /no/such/lost.jpg']);
  });

  testWidgets('asks to sign in again when the session ends, wherever one is',
      (tester) async {
    await app.pump(tester, size: const Size(400, 1600));
    await tester.tap(find.text(en.navAccount));
    await tester.settleDown();
    await tester.tapOn(find.text(en.changePassword));
    expect(find.byType(ChangePasswordScreen), findsOneWidget);

    app.sessions
      ..endedByServer = true
      ..session.value = null;
    await tester.settleDown();

    expect(find.byType(HomeScreen), findsNothing);
    expect(find.text(en.sessionEnded), findsOneWidget);
  });

  testWidgets('another server leads to its sign-in, and no further back',
      (tester) async {
    app.sessions.onUseServer = (_) async {
      app.sessions.session.value = null;
      return const Ok(null);
    };
    await app.pump(tester, size: const Size(400, 1600));
    await tester.tap(find.text(en.navAccount));
    await tester.settleDown();
    await tester.tapOn(find.text(en.changeServer));

    await tester.tapOn(find.text(en.serverConnect));
    await tester.settleDown();

    expect(find.byType(ServerScreen), findsNothing);
    expect(find.byType(SignInScreen), findsOneWidget);
  });

  testWidgets('is as light or dark as was chosen', (tester) async {
    await app.pump(tester);
    Brightness brightness() =>
        Theme.of(tester.element(find.byType(HomeScreen))).brightness;
    expect(brightness(), Brightness.light);

    await app.settings.setTheme(ThemeChoice.dark);
    await tester.settleDown();

    expect(brightness(), Brightness.dark);
  });

  testWidgets('says why it cannot start, and tries again', (tester) async {
    var isBroken = true;
    await tester.pumpWidget(
      StartScreen<String>(
        open: () async => isBroken
            ? throw const PhoneStorageException.noRoom()
            : 'opened',
        builder: (opened) => MaterialApp(home: Text(opened)),
      ),
    );
    await tester.settleDown();
    expect(find.text(en.errorNoRoomOnPhone), findsOneWidget);

    isBroken = false;
    await tester.tapOn(find.text(en.retry));

    expect(find.text('opened'), findsOneWidget);
  });
}
