import 'dart:async';

import '../config.dart' as config;
import '../domain/feedback.dart';
import '../domain/prediction.dart';
import '../domain/queued_change.dart';
import '../domain/session.dart';
import '../utils/clock.dart';
import '../utils/observable.dart';
import '../utils/one_at_a_time.dart';
import '../utils/unexpected.dart';
import 'api/api_exception.dart';
import 'changes/after_failure.dart';
import 'changes/change_sender.dart';
import 'changes/change_store.dart';
import 'upload/retry_policy.dart';
import 'upload/send_loop.dart';

/// Tells the server what the user said of predictions and which are to be
/// deleted, as soon as it can be reached, however often the app is killed
/// meanwhile.
class ChangeQueue {
  ChangeQueue({
    required ChangeStore store,
    required Observable<Session?> session,
    required ChangeSender send,
    Future<void> Function(QueuedChange done)? onDone,
    Clock clock = const SystemClock(),
    RetryPolicy? policy,
  })  : _store = store,
        _session = session,
        _send = send,
        _onDone = onDone,
        _clock = clock,
        _policy = policy ?? RetryPolicy();

  final ChangeStore _store;
  final Observable<Session?> _session;
  final ChangeSender _send;
  final Future<void> Function(QueuedChange done)? _onDone;
  final Clock _clock;
  final RetryPolicy _policy;
  final OneAtATime _changes = OneAtATime();
  late final SendLoop _loop = SendLoop(_step, clock: _clock);
  bool _isStarted = false;
  String? _owner;
  Session? _refused;
  DateTime? _pausedUntil;
  QueuedChange? _sending;
  final Set<String> _deleted = {};

  /// What waits, oldest first.
  final Observable<List<QueuedChange>> changes = Observable(const []);

  Future<void> start() {
    if (!_isStarted) _session.addListener(_sessionChanged);
    _isStarted = true;
    return _loop.start();
  }

  Future<void> stop() async {
    if (_isStarted) _session.removeListener(_sessionChanged);
    _isStarted = false;
    await _loop.stop();
  }

  /// What is said of [prediction], sent or not.
  Feedback? feedbackOf(Prediction prediction) {
    final queued = _find(ChangeKind.feedback, prediction.id);
    return queued == null ? prediction.feedback : queued.feedback;
  }

  /// What waits to be said of a prediction; null if nothing does.
  QueuedChange? waitingFor(String predictionId) =>
      _find(ChangeKind.feedback, predictionId);

  /// Whether a prediction is, or is to be, deleted.
  bool isGone(String predictionId) =>
      _deleted.contains(predictionId) ||
      _find(ChangeKind.deletion, predictionId) != null;

  /// Says [feedback] of a prediction; null takes back what was said. When
  /// this returns, it is safe.
  ///
  /// Throws a [PhoneStorageException], or an [UnauthorisedException] if
  /// nobody is signed in.
  Future<void> say(String predictionId, Feedback? feedback) =>
      _put(ChangeKind.feedback, predictionId, feedback: feedback);

  /// Deletes a prediction once the time for [undo] is over; throws as [say].
  Future<void> delete(String predictionId) => _put(
        ChangeKind.deletion,
        predictionId,
        notBefore: _clock.now().add(config.undoTime),
      );

  /// Takes a deletion back; false if it is too late.
  Future<bool> undo(String predictionId) async {
    final change = _find(ChangeKind.deletion, predictionId);
    return change != null && await discard(change);
  }

  /// Forgets a change; false if it is being sent.
  Future<bool> discard(QueuedChange change) => _changes.run(() async {
        if (change.id == _sending?.id) return false;
        await _store.remove(change);
        _show([..._all.where((each) => each.id != change.id)]);
        return true;
      });

  /// Tries again now what does not wait for an undo, nor because the server
  /// asked for it.
  void wake() {
    if (!_all.any(waitsForServer)) _pausedUntil = null;
    _show([
      for (final change in _all)
        waitsForServer(change) || (change.attempts == 0 && !change.isStuck)
            ? change
            : change.tried(attempts: 0, problem: change.problem),
    ]);
    _loop.wake();
  }

  /// Deletes all changes of an account that is no more.
  Future<void> forget(String owner) => _changes.run(() async {
        if (_owner == owner) {
          _owner = null;
          _show(const []);
        }
        await _store.removeAll(owner);
      });

  Future<void> _put(
    ChangeKind kind,
    String predictionId, {
    Feedback? feedback,
    DateTime? notBefore,
  }) =>
      _changes.run(() async {
        await _load();
        final owner = _session.value?.owner;
        if (owner == null) throw const UnauthorisedException();
        final change = QueuedChange(
          kind: kind,
          predictionId: predictionId,
          owner: owner,
          createdAt: _clock.now(),
          feedback: feedback,
          revision: (_find(kind, predictionId)?.revision ?? 0) + 1,
          notBefore: notBefore,
        );
        await _store.save(change);
        _show([..._all.where((each) => each.id != change.id), change]);
        _loop.wake();
      });

  Future<Duration?> _step() async {
    await _changes.run(_load);
    _loop.looked();
    final session = _session.value;
    if (session == null || session.owner != _owner || session == _refused) {
      return null;
    }
    final now = _clock.now();
    Duration? soonest;
    for (final change in _all.where((change) => !change.isStuck)) {
      final wait = waitUntil([change.notBefore, _pausedUntil], now);
      if (wait == Duration.zero && !_loop.isStopping) {
        await _sendOne(change, session);
        return Duration.zero;
      }
      if (soonest == null || wait < soonest) soonest = wait;
    }
    return soonest;
  }

  Future<void> _load() async {
    final owner = _session.value?.owner;
    if (owner == null || owner == _owner) return;
    _show(await _store.load(owner));
    _owner = owner;
  }

  /// Nobody sees what another account said.
  void _sessionChanged() {
    if (_session.value?.owner != _owner) {
      _owner = null;
      _show(const []);
    }
    wake();
  }

  Future<void> _sendOne(QueuedChange change, Session session) async {
    _sending = change;
    try {
      await _send(change);
      await _onDone?.call(change);
      await _changes.run(() => _finished(change));
    } on ApiException catch (failure) {
      await _changes.run(() => _failed(change, failure, session));
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
      final failure = UnexpectedException('$error');
      await _changes.run(() => _failed(change, failure, session));
    } finally {
      _sending = null;
    }
  }

  Future<void> _finished(QueuedChange change) async {
    if (change.kind == ChangeKind.deletion) _deleted.add(change.predictionId);
    if (_isOutdated(change)) return;
    await _store.remove(change);
    _show([..._all.where((each) => each.id != change.id)]);
  }

  Future<void> _failed(
    QueuedChange change,
    ApiException failure,
    Session session,
  ) async {
    if (failure is UnauthorisedException) _refused = session;
    final (tried, pause) = afterFailure(
      change,
      failure,
      policy: _policy,
      now: _clock.now(),
    );
    if (pause != null) _pausedUntil = pause;
    if (_isOutdated(change)) return;
    _show([for (final each in _all) each.id == tried.id ? tried : each]);
    await _store.save(tried);
  }

  /// Whether the user thought again, or somebody else is signed in.
  bool _isOutdated(QueuedChange change) =>
      _owner != change.owner ||
      _find(change.kind, change.predictionId)?.revision != change.revision;

  List<QueuedChange> get _all => changes.value;

  void _show(List<QueuedChange> all) => changes.value = List.unmodifiable(all);

  QueuedChange? _find(ChangeKind kind, String predictionId) => _all
      .where((each) => each.kind == kind && each.predictionId == predictionId)
      .firstOrNull;
}
