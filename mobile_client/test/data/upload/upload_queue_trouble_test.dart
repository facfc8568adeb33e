import 'dart:async';
import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import '../../../testing/fake_classifier.dart';
import '../../../testing/queue_rig.dart';

void main() {
  late QueueRig rig;
  setUp(() async => rig = await QueueRig.start());
  tearDown(() => rig.end());

  test('an unreadable photo needs the user, and nothing sends it', () async {
    rig.server.script.add(rejection(400, 'unreadable_image'));
    final needing = await rig.whenIs(await rig.add(), UploadState.needsYou);

    expect(needing.problem!.code, ErrorCode.unreadableImage);
    expect(needing.problem!.detail, 'In words.');
    rig.queue.wake();
    await rig.pass(const Duration(days: 1));
    await rig.restart();
    expect(rig.server.received, hasLength(1));
    expect(rig.queue.uploads.value.single.state, UploadState.needsYou);
  });

  test('a key that was used before is replaced when tried again', () async {
    rig.server.script.add(rejection(422, 'idempotency_key_reused'));
    final upload = await rig.add();
    await rig.whenIs(upload, UploadState.needsYou);

    await rig.queue.retry(upload.id);
    await rig.whenIs(upload, UploadState.done);

    expect(rig.server.received.last.idempotencyKey, isNot(upload.id));
    await rig.restart();
    expect(
      rig.queue.uploads.value.single.idempotencyKey,
      rig.server.received.last.idempotencyKey,
    );
  });

  group('a photo that was damaged on its way', () {
    test('is sent again if the copy on the phone is whole', () async {
      rig.server.script.add(rejection(400, 'digest_mismatch'));
      final upload = await rig.add();
      final waiting = await rig.whenFailed(upload);
      expect(waiting.problem!.code, ErrorCode.digestMismatch);

      await rig.pass(const Duration(seconds: 3));

      await rig.whenIs(upload, UploadState.done);
    });

    test('needs the user if the copy on the phone is damaged', () async {
      final gate = Completer<void>();
      rig.server.script.addAll([const OfflineException(), gate.future]);
      final upload = await rig.add('a photo');
      await rig.whenFailed(upload);
      File(upload.path).writeAsStringSync('a phot0');

      rig.queue.wake();
      gate.complete();
      final needing = await rig.whenIs(upload, UploadState.needsYou);

      expect(needing.problem!.code, ErrorCode.photoGone);
      expect(rig.server.classified, isEmpty);
    });
  });

  test('a photo that vanished from the phone needs the user', () async {
    rig.server.script.add(const OfflineException());
    final upload = await rig.add();
    await rig.whenFailed(upload);
    File(upload.path).deleteSync();

    rig.queue.wake();

    final needing = await rig.whenIs(upload, UploadState.needsYou);
    expect(needing.problem!.code, ErrorCode.photoGone);
    expect(rig.server.received, hasLength(1));
  });
}
