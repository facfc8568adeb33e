import 'dart:async';

import '../../config.dart' as config;
import '../../utils/clock.dart';
import '../../utils/unexpected.dart';
import '../api/api_exception.dart';

/// Takes one step after the other until it is stopped.
///
/// No exception ends it: after one it waits a little and goes on.
class SendLoop {
  SendLoop(this._step, {required Clock clock}) : _clock = clock;

  /// Does what is due and tells how long to wait for what is due next: zero
  /// for at once, null for until [wake].
  final Future<Duration?> Function() _step;
  final Clock _clock;
  Completer<void> _signal = Completer();
  Completer<void> _firstStep = Completer();
  Future<void>? _running;
  bool _stopping = false;

  bool get isStopping => _stopping;

  /// Begins, and returns when the first step has looked around, see
  /// [looked].
  Future<void> start() async {
    if (_running != null) return;
    _stopping = false;
    _firstStep = Completer();
    _running = _run();
    await _firstStep.future;
  }

  /// Tells that a step knows what there is to do.
  void looked() {
    if (!_firstStep.isCompleted) _firstStep.complete();
  }

  /// Ends after the step that is going on.
  Future<void> stop() async {
    _stopping = true;
    wake();
    await _running;
    _running = null;
  }

  /// Takes the next step now.
  void wake() {
    if (!_signal.isCompleted) _signal.complete();
  }

  Future<void> _run() async {
    while (!_stopping) {
      _signal = Completer();
      final wait = await _guarded(_step);
      looked();
      if (_stopping) return;
      if (wait == null) {
        await _signal.future;
      } else if (wait > Duration.zero) {
        await _guarded(() async {
          await _clock.sleep(wait, wakeUp: _signal.future);
          return null;
        });
      }
    }
  }

  Future<Duration?> _guarded(Future<Duration?> Function() action) async {
    try {
      return await action();
    } on ApiException {
      return config.pauseAfterFault;
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
      return config.pauseAfterFault;
    }
  }
}
