import 'dart:async';

import '../domain/prediction.dart';
import '../domain/queued_upload.dart';
import '../utils/clock.dart';
import 'change_queue.dart';
import 'upload_queue.dart';
import 'what_waits.dart';

/// What came of sending while the app was closed.
final class BackgroundReport {
  const BackgroundReport({required this.answers, required this.isAllSent});

  /// The answers that came, in the order of the photos.
  final List<Prediction> answers;

  /// Whether nothing is left that would go by itself.
  final bool isAllSent;
}

/// Sends what waits while the app is closed, for as long as the phone lets
/// it. What is cut off is sent later: photos are classified once, however
/// often they are tried.
class BackgroundRun {
  BackgroundRun({
    required UploadQueue uploads,
    required ChangeQueue changes,
    Clock clock = const SystemClock(),
  })  : _uploads = uploads,
        _changes = changes,
        _clock = clock;

  final UploadQueue _uploads;
  final ChangeQueue _changes;
  final Clock _clock;
  final Completer<void> _stop = Completer();

  /// Runs for [atMost], or until all is sent, or [stop] is called.
  Future<BackgroundReport> run({required Duration atMost}) async {
    await _uploads.start();
    await _changes.start();
    final doneBefore = {for (final upload in _done) upload.id};
    final waits = WhatWaits(_uploads, _changes);
    await waits.untilNothing(atMost: atMost, clock: _clock, stop: _stop.future);
    await Future.wait([_uploads.stop(), _changes.stop()]);
    return BackgroundReport(
      answers: [
        for (final upload in _done)
          if (!doneBefore.contains(upload.id)) upload.prediction!,
      ],
      isAllSent: waits.isNothing,
    );
  }

  /// Ends the run: the app was opened.
  void stop() {
    if (!_stop.isCompleted) _stop.complete();
  }

  Iterable<QueuedUpload> get _done => _uploads.uploads.value
      .where((upload) => upload.state == UploadState.done);
}
