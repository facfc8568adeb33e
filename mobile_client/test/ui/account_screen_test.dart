import 'dart:io';

import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/ui/account/account_screen.dart';
import 'package:image_classifier/ui/account/change_password_screen.dart';
import 'package:image_classifier/ui/server/server_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_queue.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakeSessionRepository sessions;
  late FakeModelRepository models;
  late FakeSettingsStore settings;
  setUp(() {
    sessions = FakeSessionRepository(signedIn: true);
    models = FakeModelRepository();
    settings = FakeSettingsStore();
  });

  Future<void> pump(WidgetTester tester) => tester.pumpScreen(
        AccountScreen(
          dependencies: fakeDependencies(
            sessions: sessions,
            models: models,
            settings: settings,
            twin: fakeTwin(),
          ),
          device: fakeDevice(),
        ),
        size: const Size(400, 1600),
      );

  testWidgets('says who is signed in where, and what answers', (tester) async {
    await pump(tester);

    expect(find.text(en.signedInAs('ada')), findsOneWidget);
    expect(find.text('http://192.168.1.5:8000/'), findsOneWidget);
    expect(find.textContaining('resnet50'), findsOneWidget);
  });

  testWidgets('leads to another server and back', (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.changeServer));
    expect(find.byType(ServerScreen), findsOneWidget);
    await tester.tapOn(find.text(en.serverConnect));

    expect(sessions.calls, ['use http://192.168.1.5:8000/ null']);
    expect(find.byType(ServerScreen), findsNothing);
    expect(find.byType(AccountScreen), findsOneWidget);
  });

  testWidgets('says that no model serves', (tester) async {
    models.models = const Ok([]);

    await pump(tester);

    expect(find.text(en.serverModelNone), findsOneWidget);
  });

  testWidgets('keeps the choices', (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.themeDark));
    await tester.tapOn(find.text(en.sendOriginals));

    expect(settings.theme, ThemeChoice.dark);
    expect(settings.sendOriginals, isTrue);
  });

  testWidgets('keeps each switch', (tester) async {
    await pump(tester);

    for (final title in [
      en.cropFirst,
      en.twinTitle,
      en.wifiOnly,
      en.backgroundOn,
      en.lockTitle,
    ]) {
      await tester.tapOn(find.text(title));
    }

    final kept = settings.settings.value;
    expect(kept.cropFirst, isTrue);
    expect(kept.useTwin, isTrue);
    expect(kept.onWifiOnly, isTrue);
    expect(kept.sendInBackground, isFalse);
    expect(kept.isLocked, isTrue);
  });

  testWidgets('exports everything and says where to', (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.exportData));

    expect(
      find.text(en.exportSaved),
      findsOneWidget,
    );
  });

  testWidgets('says why there is no export', (tester) async {
    sessions.onExport =
        (_) async => const Failed(PhoneStorageException.noRoom());
    await pump(tester);

    await tester.tapOn(find.text(en.exportData));

    expect(find.text(en.errorNoRoomOnPhone), findsOneWidget);
  });

  testWidgets('signs out after asking', (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.signOut));
    expect(find.text(en.signOutBody), findsOneWidget);
    expect(sessions.calls, isEmpty);
    await tester.tapOn(find.widgetWithText(FilledButton, en.signOut));

    expect(sessions.calls, ['sign out']);
  });

  testWidgets('signs out everywhere after asking', (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.signOutEverywhere));
    await tester
        .tapOn(find.widgetWithText(FilledButton, en.signOutEverywhere));

    expect(sessions.calls, ['sign out everywhere']);
  });

  testWidgets('deletes the account only for its typed name', (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.deleteAccount));
    await tester.tapOn(find.text(en.deleteAccountConfirm));
    expect(sessions.calls, isEmpty);
    await tester.enterText(find.byType(TextField), 'ada');
    await tester.pump();
    await tester.tapOn(find.text(en.deleteAccountConfirm));

    expect(sessions.calls, ['delete account']);
  });

  testWidgets('says why the account is still there', (tester) async {
    sessions.onDelete = () async => const Failed(OfflineException());
    await pump(tester);

    await tester.tapOn(find.text(en.deleteAccount));
    await tester.enterText(find.byType(TextField), 'ada');
    await tester.pump();
    await tester.tapOn(find.text(en.deleteAccountConfirm));

    expect(find.text(en.errorOffline), findsOneWidget);
  });

  group('a new password', () {
    Future<void> type(
      WidgetTester tester,
      String current,
      String next,
      String again,
    ) async {
      final fields = find.byType(TextField);
      await tester.enterText(fields.at(0), current);
      await tester.enterText(fields.at(1), next);
      await tester.enterText(fields.at(2), again);
      await tester
          .tapOn(find.widgetWithText(FilledButton, en.changePassword));
    }

    testWidgets('is set, and that is said', (tester) async {
      await pump(tester);

      await tester.tapOn(find.text(en.changePassword));
      await type(tester, 'old', 'new', 'new');

      expect(sessions.calls, ['change password old new']);
      expect(find.text(en.passwordChanged), findsOneWidget);
      expect(find.byType(ChangePasswordScreen), findsNothing);
    });

    testWidgets('has to be typed twice', (tester) async {
      await tester.pumpScreen(ChangePasswordScreen(sessions: sessions));

      await type(tester, 'old', 'new', 'other');

      expect(find.text(en.passwordsDiffer), findsOneWidget);
      expect(sessions.calls, isEmpty);
    });

    testWidgets('that the server refuses is told in its words',
        (tester) async {
      sessions.onChangePassword = () async => const Failed(
            RejectedException(
              status: 400,
              serverCode: 'password_too_short',
              detail: 'This password is too short.',
            ),
          );
      await tester.pumpScreen(ChangePasswordScreen(sessions: sessions));

      await type(tester, 'old', 'n', 'n');

      expect(
        find.textContaining('This password is too short.'),
        findsOneWidget,
      );
    });
  });
}
