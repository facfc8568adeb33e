import 'dart:async';

/// The time and waiting for it; tests replace it.
abstract interface class Clock {
  /// Now, in UTC.
  DateTime now();

  /// Ends after [duration], or as soon as [wakeUp] completes.
  Future<void> sleep(Duration duration, {Future<void>? wakeUp});
}

/// The clock of the device.
class SystemClock implements Clock {
  const SystemClock();

  @override
  DateTime now() => DateTime.now().toUtc();

  @override
  Future<void> sleep(Duration duration, {Future<void>? wakeUp}) async {
    final over = Completer<void>();
    void finish() {
      if (!over.isCompleted) over.complete();
    }

    final timer = Timer(duration, finish);
    if (wakeUp != null) unawaited(wakeUp.then((_) => finish()));
    await over.future;
    timer.cancel();
  }
}
