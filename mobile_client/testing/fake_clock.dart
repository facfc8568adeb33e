import 'dart:async';

import 'package:image_classifier/utils/clock.dart';

/// A clock that stands still until [advance] moves it.
class FakeClock implements Clock {
  FakeClock([DateTime? start]) : _now = start ?? DateTime.utc(2026);

  DateTime _now;
  final List<(DateTime, Completer<void>)> _sleepers = [];

  /// How long the longest sleeper has asked to sleep, one after the other.
  final List<Duration> slept = [];

  @override
  DateTime now() => _now;

  @override
  Future<void> sleep(Duration duration, {Future<void>? wakeUp}) {
    slept.add(duration);
    final over = Completer<void>();
    _sleepers.add((_now.add(duration), over));
    return Future.any([over.future, if (wakeUp != null) wakeUp]);
  }

  /// Lets time pass and wakes those whose time has come.
  Future<void> advance(Duration duration) async {
    _now = _now.add(duration);
    for (final (time, over) in [..._sleepers]) {
      if (!time.isAfter(_now) && !over.isCompleted) over.complete();
    }
    await Future<void>.delayed(Duration.zero);
  }
}

/// A clock on which waiting takes no time.
class HastyClock implements Clock {
  HastyClock([DateTime? start]) : _now = start ?? DateTime.utc(2026);

  DateTime _now;

  /// All waits that were asked for.
  final List<Duration> slept = [];

  @override
  DateTime now() => _now;

  @override
  Future<void> sleep(Duration duration, {Future<void>? wakeUp}) async {
    slept.add(duration);
    _now = _now.add(duration);
    await Future<void>.delayed(Duration.zero);
  }
}
