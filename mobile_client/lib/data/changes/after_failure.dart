import '../../config.dart' as config;
import '../../domain/queued_change.dart';
import '../../domain/queued_upload.dart';
import '../api/api_exception.dart';
import '../upload/retry_policy.dart';

/// What becomes of [change] after [failure], and until when the others wait
/// as well; null if they need not.
(QueuedChange, DateTime?) afterFailure(
  QueuedChange change,
  ApiException failure, {
  required RetryPolicy policy,
  required DateTime now,
}) {
  final attempts = change.attempts + 1;
  final verdict = policy.after(failure, attempts: attempts);
  final until = now.add(verdict.delay);
  final tried = change.tried(
    isStuck: verdict.step == Step.needsYou,
    attempts: attempts,
    notBefore: until,
    problem: UploadProblem(
      failure.code,
      failure is RejectedException ? failure.detail : null,
    ),
  );
  return (tried, verdict.step == Step.pauseAll ? until : null);
}

/// Whether [change] waits because the server asked for it.
bool waitsForServer(QueuedChange change) =>
    !change.isStuck &&
    change.notBefore != null &&
    isServersWish(change.problem?.code);

/// How long to wait for the latest of [times]. One further away than any
/// wait is of a clock that was wrong.
Duration waitUntil(List<DateTime?> times, DateTime now) {
  var wait = Duration.zero;
  for (final time in times) {
    final own = time?.difference(now) ?? Duration.zero;
    if (own > wait && own <= config.longestServerWait * 2) wait = own;
  }
  return wait;
}
