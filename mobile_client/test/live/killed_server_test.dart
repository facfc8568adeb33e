import 'dart:async';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/upload/photo_sender.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import '../../testing/live_server.dart';
import '../../testing/phone.dart';
import '../../testing/results.dart';
import '../../testing/until.dart';

void main() {
  final whyNot = LiveServer.whyNot;
  if (whyNot != null) {
    test('against the real server', () {}, skip: whyNot);
    return;
  }
  group('against the real server,', () {
    late LiveServer server;
    setUpAll(() async => server = await LiveServer.start());
    tearDownAll(() => server.delete());

    for (final delayMs in [null, 0, 5, 15, 40, 80]) {
      test(
        'a server killed '
        '${delayMs == null ? 'while the photo goes out' : '$delayMs ms later'}'
        ' makes one prediction after its restart',
        () async {
          final phone = await Phone.signedUp(server, 'killed${delayMs ?? ''}');
          await phone.queue.stop();
          final isDown = Completer<void>();
          phone.queue = phone.newQueue(
            send: _killing(server, phone, delayMs, isDown),
          );
          await phone.queue.start();

          await phone.queue.add(server.photo);
          await isDown.future;
          await phone.queue.stop();
          await server.restart();
          phone.queue = phone.newQueue();
          await phone.queue.start();

          final done = await until(
            phone.queue.uploads,
            (uploads) => uploads.any((u) => u.state == UploadState.done),
          );
          final history =
              valueOf(await phone.history.firstPage(const HistoryFilter()));
          expect(history.predictions, [done.single.prediction]);
          expect(history.isOffline, isFalse);
        },
        timeout: const Timeout(Duration(minutes: 2)),
      );
    }

    test('the history is there while the server is not', () async {
      final phone = await Phone.signedUp(server, 'offline');
      final prediction = await phone.classify(server.photo);
      valueOf(await phone.history.firstPage(const HistoryFilter()));
      final thumbnail = valueOf(await phone.history.thumbnail(prediction));

      await server.kill();
      final page = valueOf(
        await phone.history.firstPage(const HistoryFilter()),
      );
      final kept = valueOf(await phone.history.thumbnail(prediction));
      await server.restart();

      expect(page.isOffline, isTrue);
      expect(page.reason, isA<OfflineException>());
      expect(page.savedAt, isNotNull);
      expect(page.predictions, [prediction]);
      expect(kept, thumbnail);
    });
  });
}

/// Sends as the app does, and kills the server once: when the first piece
/// goes out, or [delayMs] after the last one did.
PhotoSender _killing(
  LiveServer server,
  Phone phone,
  int? delayMs,
  Completer<void> isDown,
) {
  final send = senderOf(phone.sessions);
  var isKilled = false;
  return (upload, {required onProgress, required cancel}) => send(
        upload,
        onProgress: (sent, total) {
          onProgress(sent, total);
          if (isKilled || (delayMs != null && sent < total)) return;
          isKilled = true;
          if (delayMs == null) return isDown.complete(server.kill());
          Timer(
            Duration(milliseconds: delayMs),
            () => isDown.complete(server.kill()),
          );
        },
        cancel: cancel,
      );
}
