import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/password_reset.dart';
import 'package:image_classifier/ui/password_reset/password_reset_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/ui/pump.dart';

void main() {
  late _FakePasswordReset reset;
  setUp(() => reset = _FakePasswordReset());

  Finder field(String label) => find.widgetWithText(TextField, label);

  Future<void> pump(WidgetTester tester) =>
      tester.pumpScreen(PasswordResetScreen(reset: reset));

  Future<void> askForCode(WidgetTester tester) async {
    await tester.enterText(field(en.resetEmail), ' ada@example.org ');
    await tester.tapOn(find.text(en.resetSend));
  }

  Future<void> save(WidgetTester tester) async {
    await tester.enterText(field(en.resetCode), ' 123456 ');
    await tester.enterText(field(en.newPassword), ' new ');
    await tester.tapOn(find.text(en.resetSave));
  }

  testWidgets('has a code mailed, then takes it with a new password',
      (tester) async {
    await pump(tester);

    await askForCode(tester);
    expect(find.text(en.resetSent('ada@example.org')), findsOneWidget);
    await save(tester);

    expect(reset.calls, [
      'request ada@example.org',
      'confirm ada@example.org 123456  new ',
    ]);
  });

  testWidgets('asks for what is missing, in both steps', (tester) async {
    await pump(tester);

    await tester.tapOn(find.text(en.resetSend));
    expect(find.text(en.resetEmailEmpty), findsOneWidget);
    await askForCode(tester);
    await tester.tapOn(find.text(en.resetSave));

    expect(find.text(en.resetCodeEmpty), findsOneWidget);
    expect(find.text(en.newPasswordEmpty), findsOneWidget);
    expect(reset.calls, ['request ada@example.org']);
  });

  testWidgets('says why no code was asked for', (tester) async {
    reset.onRequest = const Failed(OfflineException());
    await pump(tester);

    await askForCode(tester);

    expect(find.text(en.errorOffline), findsOneWidget);
    expect(field(en.resetEmail), findsOneWidget);
  });

  testWidgets('says that a code is wrong, and has another one mailed',
      (tester) async {
    reset.onConfirm = const Failed(
      RejectedException(
        status: 400,
        serverCode: 'wrong_code',
        detail: '',
      ),
    );
    await pump(tester);
    await askForCode(tester);

    await save(tester);
    expect(find.text(en.errorWrongResetCode), findsOneWidget);
    await tester.tapOn(find.text(en.resetAgain));

    expect(find.text(en.errorWrongResetCode), findsNothing);
    expect(reset.calls.last, 'request ada@example.org');
  });
}

class _FakePasswordReset implements PasswordReset {
  final List<String> calls = [];
  Result<void> onRequest = const Ok(null);
  Result<void> onConfirm = const Ok(null);

  @override
  Future<Result<void>> request(String email) async {
    calls.add('request $email');
    return onRequest;
  }

  @override
  Future<Result<void>> confirm({
    required String email,
    required String code,
    required String next,
  }) async {
    calls.add('confirm $email $code $next');
    return onConfirm;
  }
}
