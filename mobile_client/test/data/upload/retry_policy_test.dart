import 'dart:math';

import 'package:image_classifier/config.dart' as config;
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/upload/retry_policy.dart';
import 'package:test/test.dart';

import '../../../testing/fake_classifier.dart';

void main() {
  final policy = RetryPolicy(random: Random(1));
  Verdict after(ApiException failure, {int attempts = 1}) =>
      policy.after(failure, attempts: attempts);

  final table = <(ApiException, Step)>[
    (const OfflineException(), Step.pauseAll),
    (const OfflineException.brokenOff(), Step.pauseAll),
    (const TimeOutException(), Step.pauseAll),
    (const MalformedAnswerException(), Step.pauseAll),
    (ForeignOriginException(Uri()), Step.pauseAll),
    (
      const UntrustedCertificateException(fingerprint: '', host: ''),
      Step.pauseAll,
    ),
    (const ThrottledException(Duration(seconds: 9)), Step.pauseAll),
    (
      const OverloadedException(
        wait: Duration(seconds: 9),
        serverCode: 'storage_full',
      ),
      Step.pauseAll,
    ),
    (const ServerException(500), Step.pauseThis),
    (const UnauthorisedException(), Step.awaitSignIn),
    (rejection(409, 'idempotency_in_progress'), Step.pauseThis),
    (rejection(400, 'digest_mismatch'), Step.checkThenPauseThis),
    (rejection(422, 'idempotency_key_reused'), Step.needsYou),
    (rejection(400, 'unreadable_image'), Step.needsYou),
    (rejection(413, 'upload_too_large'), Step.needsYou),
    (rejection(403, 'quota_exceeded'), Step.needsYou),
    (rejection(418, 'new to this app'), Step.needsYou),
    (const CancelledException(), Step.needsYou),
    (const PhoneStorageException.photoGone(), Step.needsYou),
  ];
  for (final (failure, step) in table) {
    test('after $failure: ${step.name}', () {
      expect(after(failure).step, step);
    });
  }

  test('a server is not asked again before the time it gave', () {
    for (var i = 0; i < 50; i++) {
      final delay =
          after(const ThrottledException(Duration(seconds: 9))).delay;

      expect(delay.inMilliseconds, inInclusiveRange(9000, 11000));
    }
  });

  test('pauses double, up to a limit, and are never shorter than half', () {
    var full = config.firstRetryDelay;
    for (var attempts = 1; attempts < 30; attempts++) {
      final delay = policy.backOff(attempts);

      expect(delay <= full, isTrue, reason: '$delay after $attempts');
      expect(delay >= full ~/ 2, isTrue, reason: '$delay after $attempts');
      full = full * 2 < config.longestRetryDelay
          ? full * 2
          : config.longestRetryDelay;
    }
  });

  test('two phones do not come back at the same moment', () {
    final delays = {for (var i = 0; i < 20; i++) policy.backOff(5)};

    expect(delays.length, greaterThan(15));
  });

  test('without a network it is tried again soon, however often', () {
    final delay = after(const OfflineException(), attempts: 20).delay;

    expect(delay, config.longestOfflineDelay);
  });

  test('a photo that broke off waits longer and longer, the others do not',
      () {
    final verdict = after(const OfflineException.brokenOff(), attempts: 20);

    expect(verdict.delay >= config.longestRetryDelay ~/ 2, isTrue);
    expect(verdict.othersDelay, config.longestOfflineDelay);
  });

  test('only waits that the server asked for are its wish', () {
    final wishes = ErrorCode.values.where(isServersWish).toSet();

    expect(wishes, {
      ErrorCode.throttled,
      ErrorCode.overloaded,
      ErrorCode.modelNotReady,
      ErrorCode.storageFull,
    });
    expect(isServersWish(null), isFalse);
  });
}
