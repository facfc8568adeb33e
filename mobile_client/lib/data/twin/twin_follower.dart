import 'dart:async';

import '../settings_store.dart';
import '../upload_queue.dart';
import 'twin.dart';

/// Has the twin look at what waits, as long as the user wants that.
void followWith(
  Twin twin, {
  required SettingsStore settings,
  required UploadQueue queue,
}) {
  var isFetched = false;
  void follow() {
    if (!settings.settings.value.useTwin) return;
    if (!isFetched) {
      isFetched = true;
      unawaited(twin.update());
    }
    unawaited(twin.follow(queue.uploads.value));
  }

  settings.settings.addListener(follow);
  queue.uploads.addListener(follow);
  follow();
}
