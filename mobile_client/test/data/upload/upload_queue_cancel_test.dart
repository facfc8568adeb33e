import 'dart:async';
import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import '../../../testing/queue_rig.dart';

void main() {
  late QueueRig rig;
  setUp(() async => rig = await QueueRig.start());
  tearDown(() => rig.end());

  group('cancelling', () {
    test('stops a photo on its way and keeps it for later', () async {
      rig.server.script.add(Completer<void>().future);
      final upload = await rig.add();
      await rig.whenHalfThrough();

      await rig.queue.cancel(upload.id);

      final kept = rig.queue.uploads.value.single;
      expect(kept.state, UploadState.needsYou);
      expect(kept.problem!.code, ErrorCode.cancelled);
      expect(File(kept.path).existsSync(), isTrue);
      await rig.queue.retry(upload.id);
      await rig.whenIs(upload, UploadState.done);
    });

    test('stops a photo that waits, over a restart too', () async {
      rig.server.script.add(const OfflineException());
      final upload = await rig.add();
      await rig.whenFailed(upload);

      await rig.queue.cancel(upload.id);
      await rig.restart();
      rig.queue.wake();
      await rig.pass(const Duration(days: 1));

      expect(rig.queue.uploads.value.single.state, UploadState.needsYou);
      expect(rig.server.received, hasLength(1));
    });

    test('lets the next photo go', () async {
      rig.server.script.add(Completer<void>().future);
      final first = await rig.add('first');
      final second = await rig.add('second');
      await rig.whenHalfThrough();

      await rig.queue.cancel(first.id);

      await rig.whenIs(second, UploadState.done);
    });

    test('a photo that is done changes nothing', () async {
      final upload = await rig.add();
      await rig.whenIs(upload, UploadState.done);

      await rig.queue.cancel(upload.id);
      await rig.queue.retry(upload.id);

      expect(rig.queue.uploads.value.single.state, UploadState.done);
    });
  });

  group('removing', () {
    test('deletes a photo that is done, and keeps its prediction', () async {
      final upload = await rig.add();
      await rig.whenIs(upload, UploadState.done);

      await rig.queue.remove(upload.id);

      expect(rig.queue.uploads.value, isEmpty);
      expect(File(upload.path).existsSync(), isFalse);
      expect(rig.server.classified, hasLength(1));
    });

    test('stops a photo on its way, and it never comes back', () async {
      rig.server.script.add(Completer<void>().future);
      final upload = await rig.add();
      await rig.whenHalfThrough();

      await rig.queue.remove(upload.id);
      final next = await rig.add('the next');
      await rig.whenIs(next, UploadState.done);
      await rig.restart();

      expect(rig.queue.uploads.value.single.id, next.id);
      expect(File(upload.path).existsSync(), isFalse);
      expect(rig.server.classified, [next.sha256]);
    });

    test('what is not there changes nothing', () async {
      await rig.queue.remove('unknown');
      await rig.queue.cancel('unknown');
      await rig.queue.retry('unknown');

      expect(rig.queue.uploads.value, isEmpty);
    });
  });
}
