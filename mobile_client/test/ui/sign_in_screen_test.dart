import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/ui/server/server_screen.dart';
import 'package:image_classifier/ui/sign_in/sign_in_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakeSessionRepository sessions;
  setUp(
    () => sessions = FakeSessionRepository(
      server: Uri.parse('http://192.168.1.5:8000/'),
    ),
  );

  Finder field(String label) => find.widgetWithText(TextField, label);

  testWidgets('signs in with what was typed', (tester) async {
    await tester.pumpScreen(SignInScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await tester.enterText(field(en.username), ' ada ');
    await tester.enterText(field(en.password), ' secret ');
    await tester.tapOn(find.widgetWithText(FilledButton, en.signInAction));

    expect(sessions.calls, ['sign in ada  secret ']);
  });

  testWidgets('asks for what is missing', (tester) async {
    await tester.pumpScreen(SignInScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await tester.tapOn(find.widgetWithText(FilledButton, en.signInAction));

    expect(find.text(en.usernameEmpty), findsOneWidget);
    expect(find.text(en.passwordEmpty), findsOneWidget);
    expect(sessions.calls, isEmpty);
  });

  testWidgets('creates an account, with or without a mail address',
      (tester) async {
    await tester.pumpScreen(SignInScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await tester.tapOn(find.text(en.toRegister));
    await tester.enterText(field(en.username), 'ada');
    await tester.enterText(field(en.emailOptional), 'ada@example.org');
    await tester.enterText(field(en.password), 'secret');
    await tester.tapOn(find.widgetWithText(FilledButton, en.registerAction));

    expect(sessions.calls, ['register ada secret ada@example.org']);
  });

  testWidgets('says why the server did not let anybody in', (tester) async {
    sessions.onSignIn = () async => const Failed(
          RejectedException(
            status: 401,
            serverCode: 'authentication_failed',
            detail: '',
          ),
        );
    await tester.pumpScreen(SignInScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await tester.enterText(field(en.username), 'ada');
    await tester.enterText(field(en.password), 'wrong');
    await tester.tapOn(find.widgetWithText(FilledButton, en.signInAction));

    expect(find.text(en.errorWrongCredentials), findsOneWidget);
    expect(find.text('ada'), findsOneWidget);
  });

  testWidgets('says that photos wait when the server ended the session',
      (tester) async {
    sessions.endedByServer = true;

    await tester.pumpScreen(SignInScreen(sessions: sessions, scanner: FakeCodeScanner()));

    expect(find.text(en.sessionEnded), findsOneWidget);
  });

  testWidgets('hides the password until it is asked for', (tester) async {
    await tester.pumpScreen(SignInScreen(sessions: sessions, scanner: FakeCodeScanner()));
    bool isHidden() =>
        tester.widget<TextField>(field(en.password)).obscureText;

    expect(isHidden(), isTrue);
    await tester.tapOn(find.byTooltip(en.showPassword));

    expect(isHidden(), isFalse);
  });

  testWidgets('leads to another server', (tester) async {
    await tester.pumpScreen(SignInScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await tester.tapOn(find.text(en.changeServer));

    expect(find.byType(ServerScreen), findsOneWidget);
  });
}
