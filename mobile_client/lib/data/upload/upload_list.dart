import '../../config.dart' as config;
import '../../domain/queued_upload.dart';
import '../../utils/observable.dart';
import 'retry_policy.dart';

/// The photos of an account, oldest first, and which of them is next.
class UploadList {
  final Observable<List<QueuedUpload>> uploads = Observable(const []);

  DateTime? _pausedUntil;

  List<QueuedUpload> get all => uploads.value;

  set all(List<QueuedUpload> jobs) {
    uploads.value = List.unmodifiable(jobs);
    _pausedUntil = null;
    for (final job in jobs.where(_waitsForServer)) {
      pauseUntil(job.notBefore!);
    }
  }

  QueuedUpload? find(String id) => all.where((job) => job.id == id).firstOrNull;

  void add(QueuedUpload job) {
    if (find(job.id) == null) uploads.value = List.unmodifiable([...all, job]);
  }

  /// Shows what became of a photo, if it is still in the list.
  void show(QueuedUpload job) =>
      _map((each) => each.id == job.id ? job : each);

  void remove(String id) => uploads.value =
      List.unmodifiable([...all.where((job) => job.id != id)]);

  /// Lets all photos wait, at least until [time].
  void pauseUntil(DateTime time) {
    final until = _pausedUntil;
    if (until == null || time.isAfter(until)) _pausedUntil = time;
  }

  /// Ends all waits but those that the server asked for.
  void hurry() {
    if (!all.any(_waitsForServer)) _pausedUntil = null;
    _map(
      (job) => job.state == UploadState.waiting && !_waitsForServer(job)
          ? job.moved(UploadState.waiting, attempts: 0, problem: job.problem)
          : job,
    );
  }

  /// The photo to send now, one with the fewest failures; null for none.
  QueuedUpload? nextDue(DateTime now) {
    QueuedUpload? best;
    for (final job in all) {
      if (job.state != UploadState.waiting || _waitOf(job, now) != null) {
        continue;
      }
      if (best == null || job.attempts < best.attempts) best = job;
    }
    return best;
  }

  /// How long until [nextDue] finds a photo; null if it never will.
  Duration? untilNextDue(DateTime now) {
    Duration? shortest;
    for (final job in all) {
      if (job.state != UploadState.waiting) continue;
      final wait = _waitOf(job, now) ?? Duration.zero;
      if (shortest == null || wait < shortest) shortest = wait;
    }
    return shortest;
  }

  Duration? _waitOf(QueuedUpload job, DateTime now) {
    final own = _until(job.notBefore, now);
    final shared = _until(_pausedUntil, now);
    if (own == null || shared == null) return own ?? shared;
    return own > shared ? own : shared;
  }

  /// A moment further away than any wait is one of a clock that was wrong.
  Duration? _until(DateTime? time, DateTime now) {
    if (time == null || !time.isAfter(now)) return null;
    final wait = time.difference(now);
    return wait > config.longestServerWait * 2 ? null : wait;
  }

  void _map(QueuedUpload Function(QueuedUpload) change) =>
      uploads.value = List.unmodifiable(all.map(change));
}

bool _waitsForServer(QueuedUpload job) =>
    job.state == UploadState.waiting &&
    job.notBefore != null &&
    isServersWish(job.problem?.code);
