import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/ui/core/error_messages.dart';
import 'package:image_classifier/ui/core/messages.dart';

import '../../testing/ui/pump.dart';

/// A failure with each code, as it reaches the screens.
ApiException failureWith(ErrorCode code) => switch (code) {
      ErrorCode.offline => const OfflineException(),
      ErrorCode.brokenOff => const OfflineException.brokenOff(),
      ErrorCode.timeOut => const TimeOutException(),
      ErrorCode.unauthorised => const UnauthorisedException(),
      ErrorCode.throttled => const ThrottledException(Duration(seconds: 7)),
      ErrorCode.overloaded => overloaded('busy'),
      ErrorCode.modelNotReady => overloaded('model_not_ready'),
      ErrorCode.storageFull => overloaded('storage_full'),
      ErrorCode.serverError => const ServerException(500),
      ErrorCode.malformedAnswer => const MalformedAnswerException(),
      ErrorCode.untrustedCertificate => const UntrustedCertificateException(
          fingerprint: 'AA:BB',
          host: '192.168.1.5',
        ),
      ErrorCode.foreignOrigin =>
        ForeignOriginException(Uri.parse('https://elsewhere.example/')),
      ErrorCode.cancelled => const CancelledException(),
      ErrorCode.photoGone => const PhoneStorageException.photoGone(),
      ErrorCode.noRoomOnPhone => const PhoneStorageException.noRoom(),
      ErrorCode.notExplainable => rejected(404, 'not_explainable'),
      ErrorCode.noOnDeviceModel => rejected(404, 'no_on_device_model'),
      ErrorCode.secondFactorRequired =>
        rejected(401, 'second_factor_required'),
      ErrorCode.wrongSecondFactor =>
        rejected(401, 'authentication_failed').meaning(code),
      ErrorCode.wrongPairingCode => rejected(400, 'invalid').meaning(code),
      ErrorCode.keyStoreRefused => const PhoneStorageException.keyStore(),
      ErrorCode.unexpected => const UnexpectedException(),
      ErrorCode.invalidInput => rejected(422, 'invalid'),
      ErrorCode.unknownRejection => rejected(418, 'teapot'),
      ErrorCode.notFound => rejected(404, 'not_found'),
      ErrorCode.wrongCredentials => rejected(401, 'authentication_failed'),
      ErrorCode.forbidden => rejected(403, 'permission_denied'),
      ErrorCode.registrationClosed =>
        rejected(403, 'permission_denied').meaning(code),
      ErrorCode.quotaExceeded => rejected(403, 'quota_exceeded'),
      ErrorCode.unreadableImage => rejected(400, 'unreadable_image'),
      ErrorCode.unsupportedImage => rejected(415, 'unsupported_image'),
      ErrorCode.uploadTooLarge => rejected(413, 'upload_too_large'),
      ErrorCode.imageTooLarge => rejected(413, 'image_too_large'),
      ErrorCode.emptyImage => rejected(400, 'empty'),
      ErrorCode.digestMismatch => rejected(400, 'digest_mismatch'),
      ErrorCode.idempotencyKeyReused =>
        rejected(422, 'idempotency_key_reused'),
      ErrorCode.idempotencyInProgress =>
        rejected(409, 'idempotency_in_progress'),
      ErrorCode.wrongResetCode => rejected(400, 'wrong_code'),
    };

OverloadedException overloaded(String serverCode) => OverloadedException(
      wait: const Duration(minutes: 2),
      serverCode: serverCode,
    );

RejectedException rejected(int status, String serverCode) => RejectedException(
      status: status,
      serverCode: serverCode,
      detail: 'In its own words.',
    );

void main() {
  for (final code in ErrorCode.values) {
    testWidgets('${code.name} says what happened and what to do',
        (tester) async {
      final failure = failureWith(code);
      final words = wordsForFailure(en, failure);

      await tester.pumpScreen(ErrorCard(words));

      expect(failure.code, code);
      expect(find.text(words.what), findsOneWidget);
      expect(find.text(words.advice), findsOneWidget);
      expect(words.what, endsWith('.'));
      expect(words.advice, endsWith('.'));
    });
  }

  test('no two codes have the same words, in no language', () {
    for (final l10n in [en, de]) {
      final all = {
        for (final code in ErrorCode.values) wordsFor(l10n, code).what,
      };

      expect(all.length, ErrorCode.values.length);
    }
  });

  test('German has words of its own for everything', () {
    for (final code in ErrorCode.values) {
      expect(wordsFor(de, code).what, isNot(wordsFor(en, code).what));
      expect(wordsFor(de, code).advice, isNot(wordsFor(en, code).advice));
    }
  });

  test('the wait that the server asked for is told', () {
    final seconds = wordsForFailure(en, failureWith(ErrorCode.throttled));
    final minutes = wordsForFailure(en, failureWith(ErrorCode.overloaded));

    expect(seconds.advice, contains('7 seconds'));
    expect(minutes.advice, contains('2 minutes'));
  });

  test("the server's words are shown only where the app has none", () {
    final unknown = wordsForFailure(en, failureWith(ErrorCode.invalidInput));
    final known = wordsForFailure(en, failureWith(ErrorCode.notFound));

    expect(unknown.what, contains('In its own words.'));
    expect(known.sentence, isNot(contains('In its own words.')));
  });
}
