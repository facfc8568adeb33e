import 'dart:async';

import '../../domain/prediction.dart';
import '../../domain/queued_upload.dart';
import '../../utils/clock.dart';
import '../../utils/unexpected.dart';
import '../../utils/uuid.dart';
import '../api/api_exception.dart';
import '../api/cancel_token.dart';
import '../api/error_code.dart';
import 'retry_policy.dart';
import 'upload_store.dart';

/// What a try made of a photo.
final class Outcome {
  const Outcome(this.job, {this.pauseAllUntil, this.isRefused = false});

  final QueuedUpload job;

  /// Until when the other photos wait as well.
  final DateTime? pauseAllUntil;

  /// Whether the server did not accept the token.
  final bool isRefused;
}

/// One try to send a photo.
class Attempt {
  Attempt(
    QueuedUpload waiting, {
    required UploadStore store,
    required RetryPolicy policy,
    required Clock clock,
  })  : job = waiting.moved(UploadState.sending),
        _store = store,
        _policy = policy,
        _clock = clock;

  /// The photo, being sent.
  final QueuedUpload job;
  final UploadStore _store;
  final RetryPolicy _policy;
  final Clock _clock;
  final CancelToken cancel = CancelToken();
  final Completer<void> _ended = Completer();
  bool _isGivenUp = false;

  /// Completes when the photo's next state is written down.
  Future<void> get ended => _ended.future;

  void end() => _ended.complete();

  /// Stops the try; the user does not want it.
  void giveUp() {
    _isGivenUp = true;
    cancel.cancel();
  }

  /// Sends the photo, if the phone's copy is there.
  Future<Outcome> run(Future<Prediction> Function() send) async {
    try {
      if (!await _store.isThere(job)) {
        throw const PhoneStorageException.photoGone();
      }
      if (cancel.isCancelled) throw const CancelledException();
      return Outcome(
        job.moved(UploadState.done, prediction: await send()),
      );
    } on ApiException catch (failure) {
      return _after(failure);
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
      return _after(UnexpectedException('$error'));
    }
  }

  Future<Outcome> _after(ApiException failure) async {
    if (failure is CancelledException && !_isGivenUp) {
      return Outcome(job.moved(UploadState.waiting));
    }
    final attempts = job.attempts + 1;
    final verdict = _policy.after(failure, attempts: attempts);
    final now = _clock.now();
    final until = now.add(verdict.delay);
    final problem = UploadProblem(
      failure.code,
      failure is RejectedException ? failure.detail : null,
    );
    QueuedUpload later({DateTime? notBefore}) => job.moved(
          UploadState.waiting,
          attempts: attempts,
          notBefore: notBefore,
          problem: problem,
        );
    return switch (verdict.step) {
      Step.pauseAll => Outcome(
          later(notBefore: until),
          pauseAllUntil: now.add(verdict.othersDelay),
        ),
      Step.pauseThis => Outcome(later(notBefore: until)),
      Step.checkThenPauseThis => Outcome(
          await _isDamaged() ? _gone() : later(notBefore: until),
        ),
      Step.awaitSignIn => Outcome(later(), isRefused: true),
      Step.needsYou => Outcome(
          job.moved(
            UploadState.needsYou,
            attempts: attempts,
            problem: problem,
          ),
        ),
    };
  }

  Future<bool> _isDamaged() async {
    try {
      return !await _store.isIntact(job);
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
      return false;
    }
  }

  QueuedUpload _gone() => job.moved(
        UploadState.needsYou,
        problem: const UploadProblem(ErrorCode.photoGone),
      );
}

/// [job] after the user asked for it to be sent now, under a new key if the
/// old one was used for another photo.
QueuedUpload sentAgain(QueuedUpload job) => job.moved(
      UploadState.waiting,
      attempts: 0,
      idempotencyKey: job.problem?.code == ErrorCode.idempotencyKeyReused
          ? newUuid()
          : null,
    );

/// [job] after the user gave it up.
QueuedUpload givenUp(QueuedUpload job) => job.moved(
      UploadState.needsYou,
      problem: const UploadProblem(ErrorCode.cancelled),
    );
