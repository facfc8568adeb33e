import 'dart:async';

import '../utils/clock.dart';
import '../utils/observable.dart';
import 'change_queue.dart';
import 'upload_queue.dart';

/// The photos and changes that are to go by themselves.
class WhatWaits {
  const WhatWaits(this._uploads, this._changes);

  final UploadQueue _uploads;
  final ChangeQueue _changes;

  /// Whether all is sent that would go without anybody's help.
  bool get isNothing =>
      !_uploads.uploads.value.any((upload) => upload.isPending) &&
      _changes.changes.value.every((change) => change.isStuck);

  /// Ends as soon as nothing waits, [atMost] has gone by [clock], or [stop]
  /// completes; tells whether nothing waits.
  Future<bool> untilNothing({
    required Duration atMost,
    required Clock clock,
    Future<void>? stop,
  }) async {
    final sent = Completer<void>();
    void look() {
      if (isNothing && !sent.isCompleted) sent.complete();
    }

    final List<Observable<Object?>> both = [
      _uploads.uploads,
      _changes.changes,
    ];
    for (final each in both) {
      each.addListener(look);
    }
    look();
    await clock.sleep(
      atMost,
      wakeUp: Future.any([sent.future, if (stop != null) stop]),
    );
    for (final each in both) {
      each.removeListener(look);
    }
    return isNothing;
  }
}
