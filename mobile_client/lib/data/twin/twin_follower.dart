import 'dart:async';

import '../../utils/observable.dart';
import '../../utils/result.dart';
import '../api/api_exception.dart';
import '../settings_store.dart';
import '../upload_queue.dart';
import 'twin.dart';

/// Has the twin look at what waits, as long as the user wants that. The model
/// of [server] is asked for until the server has answered; one that the phone
/// has no room for is fetched once.
void followWith(
  Twin twin, {
  required SettingsStore settings,
  required UploadQueue queue,
  required Observable<Uri?> server,
}) {
  Uri? answered;
  var isAsking = false;
  Future<void> fetch() async {
    final asked = server.value;
    if (asked == null || asked == answered || isAsking) return;
    isAsking = true;
    final isAnswered = switch (await twin.update()) {
      Ok() ||
      Failed(error: RejectedException(status: 404) || PhoneStorageException()) =>
        true,
      Failed() => false,
    };
    isAsking = false;
    if (isAnswered) answered = asked;
  }

  void follow() {
    if (!settings.settings.value.useTwin) return;
    unawaited(fetch());
    unawaited(twin.follow(queue.uploads.value));
  }

  settings.settings.addListener(follow);
  queue.uploads.addListener(follow);
  follow();
}
