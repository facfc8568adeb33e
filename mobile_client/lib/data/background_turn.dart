import 'dart:async';
import 'dart:isolate';

import '../utils/clock.dart';
import 'change_queue.dart';
import 'upload_queue.dart';
import 'what_waits.dart';

/// How the app uses the phone's time for work in the background while it is
/// open, but out of sight: it is the one that writes, so it sends itself.
class BackgroundTurn {
  BackgroundTurn({
    required UploadQueue uploads,
    required ChangeQueue changes,
    Clock clock = const SystemClock(),
  })  : _uploads = uploads,
        _changes = changes,
        _clock = clock;

  final UploadQueue _uploads;
  final ChangeQueue _changes;
  final Clock _clock;

  /// Sends at once what waits, and ends when nothing is left or [atMost] has
  /// gone; tells whether nothing is left.
  Future<bool> take({required Duration atMost}) {
    _uploads.wake();
    _changes.wake();
    return WhatWaits(_uploads, _changes)
        .untilNothing(atMost: atMost, clock: _clock);
  }
}

/// Has the app behind the port [app] take its turn, and tells whether nothing
/// is left then; false if it has not answered [patience] after its time.
Future<bool> askForTurn(
  SendPort app, {
  required Duration atMost,
  Duration patience = const Duration(seconds: 3),
}) async {
  final answer = ReceivePort();
  app.send([answer.sendPort, atMost.inMilliseconds]);
  try {
    return await answer.first.timeout(atMost + patience) == true;
  } on TimeoutException {
    return false;
  } finally {
    answer.close();
  }
}

/// Answers the [message] of [askForTurn]; without a [turn] all is left.
Future<void> answerTurn(Object? message, BackgroundTurn? turn) async {
  if (message case [final SendPort reply, final int atMostMs]) {
    final atMost = Duration(milliseconds: atMostMs);
    reply.send(turn != null && await turn.take(atMost: atMost));
  }
}
