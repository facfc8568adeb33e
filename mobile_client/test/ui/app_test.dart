import 'dart:io';

import 'package:flutter/material.dart';
import 'package:flutter/services.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/app.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/platform/photo_picker.dart';
import 'package:image_classifier/ui/account/account_screen.dart';
import 'package:image_classifier/ui/account/change_password_screen.dart';
import 'package:image_classifier/ui/classify/classify_screen.dart';
import 'package:image_classifier/ui/classify/local_photo.dart';
import 'package:image_classifier/ui/detail/detail_screen.dart';
import 'package:image_classifier/ui/devices/devices_screen.dart';
import 'package:image_classifier/ui/history/history_screen.dart';
import 'package:image_classifier/ui/home/home_screen.dart';
import 'package:image_classifier/ui/server/server_screen.dart';
import 'package:image_classifier/ui/sign_in/sign_in_screen.dart';
import 'package:image_classifier/ui/start/start_screen.dart';

import '../../testing/examples.dart';
import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_phone.dart';
import '../../testing/ui/fake_queue.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakeSessionRepository sessions;
  late FakeUploadQueue queue;
  late FakeSettingsStore settings;
  late FakePhotoPicker picker;
  setUp(() {
    sessions = FakeSessionRepository(signedIn: true);
    queue = FakeUploadQueue();
    settings = FakeSettingsStore();
    picker = FakePhotoPicker();
  });

  Future<void> pump(
    WidgetTester tester, {
    Size size = phone,
    FakeSharedPhotos? shared,
    FakeAppLock? lock,
  }) async {
    tester.useDisplay(size);
    await tester.pumpWidget(
      ImageClassifierApp(
        dependencies: fakeDependencies(
          sessions: sessions,
          settings: settings,
          queue: queue,
        ),
        device: fakeDevice(picker: picker, shared: shared, lock: lock),
      ),
    );
    await tester.settleDown();
  }

  /// What iOS and Android say when a link opens the app.
  Future<void> open(WidgetTester tester, String link) async {
    await tester.binding.defaultBinaryMessenger.handlePlatformMessage(
      'flutter/navigation',
      const JSONMethodCodec().encodeMethodCall(
        MethodCall('pushRouteInformation', {'location': link}),
      ),
      (_) {},
    );
    await tester.settleDown();
  }

  testWidgets('begins with the server, then the account, then the photo',
      (tester) async {
    sessions = FakeSessionRepository();
    await pump(tester);
    expect(find.byType(ServerScreen), findsOneWidget);

    sessions.server.value = exampleSession().server;
    await tester.settleDown();
    expect(find.byType(SignInScreen), findsOneWidget);
    sessions.session.value = exampleSession();
    await tester.settleDown();

    expect(find.byType(ClassifyScreen), findsOneWidget);
  });

  testWidgets('leads to all rooms', (tester) async {
    await pump(tester);

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
    await pump(tester);
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
    await pump(tester);
    expect(find.byType(NavigationBar), findsOneWidget);
    await pump(tester, size: tablet);

    expect(find.byType(NavigationBar), findsNothing);
    expect(find.byType(NavigationRail), findsOneWidget);
  });

  testWidgets('takes over a photo that the phone had kept', (tester) async {
    picker.lost = PhotosPicked([File('/no/such/lost.jpg')]);

    await pump(tester);

    expect(queue.calls, ['add /no/such/lost.jpg']);
  });

  testWidgets('takes a photo that another app opened with this one',
      (tester) async {
    await pump(tester);
    await tester.tapOn(find.text(en.navHistory));

    await open(tester, 'file:///no/such/Inbox/photo.jpg');

    expect(queue.calls, ['add /no/such/Inbox/photo.jpg']);
    expect(find.byType(ClassifyScreen), findsOneWidget);
  });

  testWidgets('follows a link to a prediction once somebody is signed in',
      (tester) async {
    sessions = FakeSessionRepository(server: exampleSession().server);
    await pump(tester);

    await open(tester, 'imageclassifier://prediction/1');
    expect(find.byType(DetailScreen), findsNothing);
    sessions.session.value = exampleSession();
    await tester.settleDown();
    await tester.settleDown();

    expect(find.byType(DetailScreen), findsOneWidget);
  });

  testWidgets('keeps a photo of another app until somebody is signed in',
      (tester) async {
    sessions = FakeSessionRepository();
    final shared = FakeSharedPhotos();
    await pump(tester, shared: shared);

    shared.controller.add([File('/no/such/shared.jpg')]);
    await tester.settleDown();
    expect(queue.calls, isEmpty);
    sessions.server.value = exampleSession().server;
    sessions.session.value = exampleSession();
    await tester.settleDown();

    expect(queue.calls, ['add /no/such/shared.jpg']);
  });

  testWidgets('takes a photo of another app behind its lock', (tester) async {
    await settings.change(const Settings(isLocked: true));
    final shared = FakeSharedPhotos();
    await pump(tester, shared: shared, lock: FakeAppLock()..opens = false);

    shared.controller.add([File('/no/such/shared.jpg')]);
    await tester.settleDown();

    expect(queue.calls, ['add /no/such/shared.jpg']);
    expect(find.text(en.lockedTitle), findsOneWidget);
    expect(find.byType(ClassifyScreen), findsNothing);
  });

  testWidgets('asks to sign in again when the session ends, wherever one is',
      (tester) async {
    await pump(tester, size: const Size(400, 1600));
    await tester.tap(find.text(en.navAccount));
    await tester.settleDown();
    await tester.tapOn(find.text(en.changePassword));
    expect(find.byType(ChangePasswordScreen), findsOneWidget);

    sessions
      ..endedByServer = true
      ..session.value = null;
    await tester.settleDown();

    expect(find.byType(HomeScreen), findsNothing);
    expect(find.text(en.sessionEnded), findsOneWidget);
  });

  testWidgets('is as light or dark as was chosen', (tester) async {
    await pump(tester);
    Brightness brightness() =>
        Theme.of(tester.element(find.byType(HomeScreen))).brightness;
    expect(brightness(), Brightness.light);

    await settings.setTheme(ThemeChoice.dark);
    await tester.settleDown();

    expect(brightness(), Brightness.dark);
  });

  testWidgets('tries what waits when it comes to the front', (tester) async {
    await pump(tester);

    tester.binding.handleAppLifecycleStateChanged(AppLifecycleState.inactive);
    tester.binding.handleAppLifecycleStateChanged(AppLifecycleState.resumed);

    expect(queue.calls, ['wake']);
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
