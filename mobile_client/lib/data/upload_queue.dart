import 'dart:async';
import 'dart:io';

import '../domain/queued_upload.dart';
import '../domain/session.dart';
import '../utils/clock.dart';
import '../utils/observable.dart';
import '../utils/one_at_a_time.dart';
import '../utils/unexpected.dart';
import 'api/api_exception.dart';
import 'upload/attempt.dart';
import 'upload/photo_sender.dart';
import 'upload/retry_policy.dart';
import 'upload/send_loop.dart';
import 'upload/upload_list.dart';
import 'upload/upload_store.dart';

/// Sends photos one after the other, and does not let go of one before it
/// has its prediction.
///
/// A photo that [add] returned is on the disk with the key under which the
/// server answers the same again: however often the app is killed, the photo
/// is sent, and it is classified once. Only photos of the account that is
/// signed in are loaded and sent.
class UploadQueue {
  UploadQueue({
    required UploadStore store,
    required Observable<Session?> session,
    required PhotoSender send,
    Clock clock = const SystemClock(),
    RetryPolicy? policy,
  })  : _store = store,
        _session = session,
        _send = send,
        _clock = clock,
        _policy = policy ?? RetryPolicy();

  final UploadStore _store;
  final Observable<Session?> _session;
  final PhotoSender _send;
  final Clock _clock;
  final RetryPolicy _policy;
  final UploadList _list = UploadList();
  final Map<String, Observable<double?>> _progress = {};

  /// Whose photos are in the list.
  String? _owner;

  /// The session whose token the server refused.
  Session? _refused;
  Attempt? _attempt;
  final OneAtATime _changes = OneAtATime();
  late final SendLoop _loop = SendLoop(_step, clock: _clock);
  bool _isStarted = false;

  /// The photos of the account, oldest first.
  Observable<List<QueuedUpload>> get uploads => _list.uploads;

  /// How much of a photo has been sent, 0 to 1; null unless it is being sent.
  Observable<double?> progressOf(String id) =>
      _progress.putIfAbsent(id, () => Observable(null));

  /// Begins to send, and goes on until [stop].
  Future<void> start() {
    if (!_isStarted) _session.addListener(_sessionChanged);
    _isStarted = true;
    return _loop.start();
  }

  /// Ends sending; what was on its way is sent after the next [start].
  Future<void> stop() async {
    if (_isStarted) _session.removeListener(_sessionChanged);
    _isStarted = false;
    final stopped = _loop.stop();
    _attempt?.cancel.cancel();
    await stopped;
  }

  /// Takes a copy of [photo] for the account that is signed in; when this
  /// returns, the photo is safe.
  ///
  /// It is not sent before [retry] if it is to be [held]. A photo that is
  /// already waiting is not taken twice. Throws a [PhoneStorageException], or
  /// an [UnauthorisedException] if nobody is signed in.
  Future<QueuedUpload> add(File photo, {bool held = false, String? replaces}) =>
      _changes.run(() async {
        await _load();
        final owner = _session.value?.owner;
        if (owner == null) throw const UnauthorisedException();
        final job = await _store.keep(
          photo,
          owner: owner,
          now: _clock.now(),
          jobs: _list.all,
          held: held,
          replaces: replaces,
        );
        if (_owner == owner) _list.add(job);
        _loop.wake();
        return job;
      });

  /// Takes [photo] in place of another, which is removed: whenever the app is
  /// killed, one of both is there, and not both are sent.
  Future<QueuedUpload> replace(String id, File photo) async {
    await cancel(id);
    final kept = await add(photo, replaces: id);
    if (kept.id != id) await remove(id);
    return kept;
  }

  /// Tries again now: there is a network again, or the app was opened. Waits
  /// that the server asked for are kept.
  void wake() {
    _list.hurry();
    _loop.wake();
  }

  /// Sends a photo now, whatever kept it until now.
  Future<void> retry(String id) async {
    final job = _list.find(id);
    if (job == null || job.state == UploadState.done) return;
    if (job.id == _attempt?.job.id) return;
    final again = sentAgain(job);
    await _save(again);
    _list.show(again);
    wake();
  }

  /// Does not send a photo for now; it stays until [retry] or [remove].
  Future<void> cancel(String id) async {
    final attempt = _attempt;
    if (attempt != null && attempt.job.id == id) {
      attempt.giveUp();
      return attempt.ended;
    }
    final job = _list.find(id);
    if (job == null || !job.isPending) return;
    final kept = givenUp(job);
    _list.show(kept);
    await _save(kept);
  }

  /// Deletes a photo and forgets it; throws what the phone throws if it
  /// cannot be deleted, and then keeps it.
  Future<void> remove(String id) async {
    final job = _list.find(id);
    if (job == null) return;
    _list.remove(id);
    await _interrupt((attempt) => attempt.job.id == id);
    try {
      await _changes.run(() => _store.remove(job));
    } on Object {
      // It is still on the phone: what is hidden would come back by itself.
      if (_owner == job.owner) _list.add(job);
      _loop.wake();
      rethrow;
    }
    _progress.remove(id);
  }

  /// Deletes all photos of an account that is no more.
  Future<void> forget(String owner) async {
    if (_owner == owner) {
      _owner = null;
      _list.all = const [];
      await _interrupt((_) => true);
    }
    await _changes.run(() => _store.removeAll(owner));
  }

  Future<Duration?> _step() async {
    await _changes.run(_load);
    _loop.looked();
    final session = _session.value;
    if (session == null || session.owner != _owner || session == _refused) {
      return null;
    }
    final next = _loop.isStopping ? null : _list.nextDue(_clock.now());
    if (next == null) return _list.untilNextDue(_clock.now());
    await _sendOne(next, session);
    return Duration.zero;
  }

  /// Reads the photos of whoever is signed in, if that is somebody new.
  Future<void> _load() async {
    final owner = _session.value?.owner;
    if (owner == null || owner == _owner) return;
    _list.all = await _store.load(owner, now: _clock.now());
    _owner = owner;
  }

  Future<void> _sendOne(QueuedUpload waiting, Session session) async {
    final progress = progressOf(waiting.id);
    final attempt = _attempt = Attempt(
      waiting,
      store: _store,
      policy: _policy,
      clock: _clock,
    );
    _list.show(attempt.job);
    try {
      final outcome = await attempt.run(() {
        if (_session.value != session) throw const CancelledException();
        return _send(
          waiting,
          onProgress: (sent, total) => progress.value = sent / total,
          cancel: attempt.cancel,
        );
      });
      if (outcome.isRefused) _refused = session;
      if (outcome.pauseAllUntil case final until?) _list.pauseUntil(until);
      await _save(outcome.job);
      _list.show(outcome.job);
    } on Object {
      _list.show(attempt.job.moved(UploadState.waiting));
      rethrow;
    } finally {
      progress.value = null;
      _attempt = null;
      attempt.end();
    }
  }

  /// Writes a step down, unless the photo was removed meanwhile. If the
  /// phone refuses, the step before is what the next start finds, which
  /// sends the photo under the same key again.
  Future<void> _save(QueuedUpload job) => _changes.run(() async {
        if (_list.find(job.id) == null) return;
        try {
          await _store.save(job);
        } on PhoneStorageException {
          return;
        } on Object catch (error, stack) {
          reportUnexpected(error, stack);
        }
      });

  Future<void> _interrupt(bool Function(Attempt) which) async {
    final attempt = _attempt;
    if (attempt == null || !which(attempt)) return;
    attempt.cancel.cancel();
    await attempt.ended;
  }

  void _sessionChanged() {
    if (_session.value?.owner != _owner) _attempt?.cancel.cancel();
    wake();
  }
}
