import 'dart:async';
import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/queue_rig.dart';
import '../../../testing/until.dart';

void main() {
  late QueueRig rig;
  setUp(() async => rig = await QueueRig.start());
  tearDown(() => rig.end());

  group('a refused token', () {
    test('keeps the photos and sends none until somebody signs in', () async {
      rig.server.script.add(const UnauthorisedException());
      final upload = await rig.add();
      final waiting = await rig.whenFailed(upload);
      expect(waiting.problem!.code, ErrorCode.unauthorised);

      rig.queue.wake();
      await rig.add('another photo');
      await rig.pass(const Duration(days: 1));
      expect(rig.server.received, hasLength(1));

      rig.session.value = null;
      await rig.settle();
      expect(rig.server.received, hasLength(1));

      rig.session.value = exampleSession(token: 'a new one');
      await rig.whenIs(upload, UploadState.done);
      await until(
        rig.queue.uploads,
        (all) => all.every((each) => each.state == UploadState.done),
      );
      expect(rig.server.classified, hasLength(2));
    });
  });

  group('the photos of one account', () {
    test('are not sent for another', () async {
      rig.server.script.add(const OfflineException());
      final upload = await rig.add();
      await rig.whenFailed(upload);

      rig.session.value = exampleSession(userId: 8);
      await until(rig.queue.uploads, (all) => all.isEmpty);
      await rig.pass(const Duration(days: 1));
      expect(rig.server.received, hasLength(1));

      rig.session.value = exampleSession();
      await rig.whenIs(upload, UploadState.done);
      expect(rig.server.received.last.owner, exampleSession().owner);
    });

    test('are not sent while nobody is signed in', () async {
      rig.server.script.add(const OfflineException());
      final upload = await rig.add();
      await rig.whenFailed(upload);

      rig.session.value = null;
      rig.queue.wake();
      await rig.pass(const Duration(days: 1));

      expect(rig.server.received, hasLength(1));
    });

    test('stop on their way when another signs in', () async {
      rig.server.script.add(Completer<void>().future);
      final upload = await rig.add();
      await rig.whenHalfThrough();

      rig.session.value = exampleSession(userId: 8);
      await until(rig.queue.uploads, (all) => all.isEmpty);

      expect(rig.server.classified, isEmpty);
      rig.session.value = exampleSession();
      await rig.whenIs(upload, UploadState.done);
    });

    test('are deleted when it is no more', () async {
      rig.server.script.add(Completer<void>().future);
      final upload = await rig.add();
      await rig.whenHalfThrough();

      rig.session.value = null;
      await rig.queue.forget(upload.owner);

      expect(rig.queue.uploads.value, isEmpty);
      expect(File(upload.path).existsSync(), isFalse);
      rig.session.value = exampleSession();
      await rig.restart();
      expect(rig.queue.uploads.value, isEmpty);
    });
  });

  test('nobody who is not signed in can add a photo', () async {
    rig.session.value = null;

    await expectLater(rig.add, throwsA(isA<UnauthorisedException>()));
  });
}
