import 'dart:math';

import '../../config.dart' as config;
import '../api/api_exception.dart';
import '../api/error_code.dart';

/// What becomes of a photo after a try that failed.
enum Step {
  /// Later; the other photos would fare no better and wait as well.
  pauseAll,

  /// Later; the other photos go on.
  pauseThis,

  /// Later, if the phone's copy is still as it was.
  checkThenPauseThis,

  /// Not before somebody signs in.
  awaitSignIn,

  /// Not before the user decides.
  needsYou,
}

/// A [Step] and how long it takes.
final class Verdict {
  const Verdict(this.step, [this.delay = Duration.zero, Duration? othersDelay])
      : othersDelay = othersDelay ?? delay;

  final Step step;
  final Duration delay;

  /// How long the other photos wait, where they do.
  final Duration othersDelay;
}

/// Decides when a failed upload is tried again.
class RetryPolicy {
  RetryPolicy({Random? random}) : _random = random ?? Random();

  final Random _random;

  /// What to do after [failure], the [attempts]th in a row.
  Verdict after(ApiException failure, {required int attempts}) {
    final delay = backOff(attempts);
    return switch (failure) {
      UnauthorisedException() => const Verdict(Step.awaitSignIn),
      ThrottledException(:final wait) ||
      OverloadedException(:final wait) =>
        Verdict(Step.pauseAll, wait + _jitter(const Duration(seconds: 2))),
      OfflineException(:final isBrokenOff) => Verdict(
          Step.pauseAll,
          isBrokenOff ? delay : _offline(delay),
          _offline(delay),
        ),
      TimeOutException() ||
      MalformedAnswerException() ||
      ForeignOriginException() ||
      UntrustedCertificateException() =>
        Verdict(Step.pauseAll, delay),
      ServerException() ||
      UnexpectedException() =>
        Verdict(Step.pauseThis, delay),
      RejectedException(:final code) => switch (code) {
          ErrorCode.idempotencyInProgress => Verdict(Step.pauseThis, delay),
          ErrorCode.digestMismatch => Verdict(Step.checkThenPauseThis, delay),
          _ => const Verdict(Step.needsYou),
        },
      CancelledException() ||
      PhoneStorageException() ||
      InvalidAddressException() =>
        const Verdict(Step.needsYou),
    };
  }

  /// The pause after [attempts] failures: doubling up to a limit, and each
  /// time shorter by up to a half at random, so that many phones do not come
  /// back at the same moment.
  Duration backOff(int attempts) {
    final doublings = (attempts - 1).clamp(0, 20);
    final full = config.firstRetryDelay * pow(2, doublings);
    final bounded =
        full > config.longestRetryDelay ? config.longestRetryDelay : full;
    return bounded - _jitter(bounded ~/ 2);
  }

  Duration _offline(Duration delay) => delay < config.longestOfflineDelay
      ? delay
      : config.longestOfflineDelay;

  Duration _jitter(Duration most) => most * _random.nextDouble();
}

/// Whether the server itself asked for the wait: nothing cuts it short.
bool isServersWish(ErrorCode? code) => switch (code) {
      ErrorCode.throttled ||
      ErrorCode.overloaded ||
      ErrorCode.modelNotReady ||
      ErrorCode.storageFull =>
        true,
      _ => false,
    };
