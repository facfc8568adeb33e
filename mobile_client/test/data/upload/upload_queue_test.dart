import 'dart:async';
import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/upload/upload_store.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/domain/session.dart';
import 'package:image_classifier/utils/observable.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/fake_classifier.dart';
import '../../../testing/fake_clock.dart';
import '../../../testing/until.dart';

void main() {
  late Directory root;
  late FakeClassifier server;
  late FakeClock clock;
  late Observable<Session?> session;
  late UploadQueue queue;

  UploadQueue newQueue() => UploadQueue(
        store: UploadStore(AppFolder(root)),
        session: session,
        send: server.send,
        clock: clock,
      );

  setUp(() async {
    root = temporaryFolder();
    server = FakeClassifier();
    clock = FakeClock();
    session = Observable(exampleSession());
    queue = newQueue();
    await queue.start();
  });
  tearDown(() async {
    await queue.stop();
    root.deleteSync(recursive: true);
  });

  Future<QueuedUpload> add([String content = 'a photo']) => queue.add(
        File('${root.path}/original')..writeAsStringSync(content),
      );

  Future<QueuedUpload> whenSo(
    QueuedUpload upload,
    bool Function(QueuedUpload) isSo,
  ) async {
    final list = await until(
      queue.uploads,
      (all) => all.any((each) => each.id == upload.id && isSo(each)),
    );
    return list.firstWhere((each) => each.id == upload.id);
  }

  Future<QueuedUpload> whenIs(QueuedUpload upload, UploadState state) =>
      whenSo(upload, (each) => each.state == state);

  Future<QueuedUpload> whenFailed(QueuedUpload upload, {int times = 1}) =>
      whenSo(
        upload,
        (each) =>
            each.state == UploadState.waiting &&
            each.problem != null &&
            each.attempts == times,
      );

  Future<int> whenHalfThrough() =>
      until(server.halfThrough, (uploads) => uploads == 1);

  /// Gives the queue the time of many accesses to the disk, more than it
  /// needs to send a photo; then it has sent all that it will.
  Future<void> settle() async {
    for (var i = 0; i < 40; i++) {
      await root.stat();
    }
  }

  /// Lets time pass, and the queue do what it then does.
  Future<void> pass(Duration time) async {
    await settle();
    await clock.advance(time);
    await settle();
  }

  Future<void> restart() async {
    await queue.stop();
    queue = newQueue();
    await queue.start();
  }

  test('a photo is sent and has its prediction', () async {
    final done = await whenIs(await add(), UploadState.done);

    expect(done.prediction!.label, 'golden_retriever');
    expect(done.problem, isNull);
    expect(server.classified, [done.sha256]);
  });

  test('a photo is waiting, then being sent, then done', () async {
    final states = <UploadState>[];
    queue.uploads.addListener(() {
      final state = queue.uploads.value.single.state;
      if (states.isEmpty || states.last != state) states.add(state);
    });

    await whenIs(await add(), UploadState.done);

    expect(
      states,
      [UploadState.waiting, UploadState.sending, UploadState.done],
    );
  });

  test('progress is told while a photo is being sent, and only then', () async {
    final gate = Completer<void>();
    server.script.add(gate.future);
    final upload = await add();
    final progress = queue.progressOf(upload.id);
    expect(progress.value, isNull);

    expect(await until(progress, (value) => value != null), closeTo(0.5, 0.1));
    gate.complete();
    await whenIs(upload, UploadState.done);
    await until(progress, (value) => value == null);
  });

  test('photos are sent one at a time, in their order', () async {
    final gate = Completer<void>();
    server.script.add(gate.future);
    final first = await add('first');
    final second = await add('second');
    await whenHalfThrough();

    expect(server.received, hasLength(1));
    gate.complete();
    await whenIs(second, UploadState.done);

    expect(server.classified, [first.sha256, second.sha256]);
  });

  test('the same photo, snapped twice, waits once', () async {
    server.script.add(const OfflineException());
    final first = await add();
    final second = await add();

    expect(second.id, first.id);
    expect(queue.uploads.value, hasLength(1));
  });

  group('without a network', () {
    test('a photo waits, with the reason', () async {
      server.script.add(const OfflineException());

      final waiting = await whenFailed(await add());

      expect(waiting.problem!.code, ErrorCode.offline);
      expect(waiting.notBefore!.isAfter(clock.now()), isTrue);
    });

    test('the other photos are not tried in vain', () async {
      server.script.add(const OfflineException());
      final first = await add('first');
      await whenFailed(first);
      await add('second');
      await pass(const Duration(milliseconds: 500));

      expect(server.received, hasLength(1));
    });

    test('it is tried again later, under the same key', () async {
      server.script
        ..add(const OfflineException())
        ..add(const TimeOutException());
      final upload = await add();
      await whenFailed(upload);
      await pass(const Duration(seconds: 10));
      await whenFailed(upload, times: 2);
      await pass(const Duration(seconds: 10));
      await whenIs(upload, UploadState.done);

      expect(server.received, hasLength(3));
      expect({for (final each in server.received) each.idempotencyKey},
          {upload.id});
    });

    test('it is tried at once when there is one again', () async {
      server.script.add(const OfflineException());
      final upload = await add();
      await whenFailed(upload);

      queue.wake();

      await whenIs(upload, UploadState.done);
    });
  });

  group('a wait that the server asks for', () {
    const busy = OverloadedException(
      wait: Duration(minutes: 3),
      serverCode: 'busy',
    );

    test('is kept, whoever wakes the queue', () async {
      server.script.add(busy);
      final upload = await add();
      await whenFailed(upload);

      queue.wake();
      await add('another photo');
      await pass(const Duration(minutes: 2, seconds: 59));

      expect(server.received, hasLength(1));
      expect(upload.state, UploadState.waiting);
    });

    test('ends, and the photo is sent', () async {
      server.script.add(busy);
      final upload = await add();
      await whenFailed(upload);

      await pass(const Duration(minutes: 3, seconds: 2));

      await whenIs(upload, UploadState.done);
    });

    test('is kept over a restart, for all photos', () async {
      server.script.add(const ThrottledException(Duration(minutes: 3)));
      final upload = await add();
      await whenFailed(upload);
      await add('another photo');

      await restart();
      await pass(const Duration(minutes: 2, seconds: 59));
      expect(server.received, hasLength(1));

      await pass(const Duration(seconds: 3));
      await whenIs(upload, UploadState.done);
    });

    test('of a clock that was wrong by years is not kept', () async {
      server.script.add(busy);
      final upload = await add();
      await whenFailed(upload);

      await queue.stop();
      clock = FakeClock(DateTime.utc(2020));
      queue = newQueue();
      await queue.start();

      await whenIs(upload, UploadState.done);
    });
  });

  test('a photo on which the server fails lets the others pass', () async {
    server.script.add(const ServerException(500));
    final first = await add('first');
    await whenFailed(first);
    final second = await add('second');

    await whenIs(second, UploadState.done);

    expect(server.timesClassified(first.sha256), 0);
    await pass(const Duration(seconds: 3));
    await whenIs(first, UploadState.done);
  });

  test('an upload that is in work already is asked about later', () async {
    server.script.add(rejection(409, 'idempotency_in_progress'));
    final upload = await add();
    final waiting = await whenFailed(upload);
    expect(waiting.problem!.code, ErrorCode.idempotencyInProgress);

    await pass(const Duration(seconds: 3));

    await whenIs(upload, UploadState.done);
  });

  test('an unreadable photo needs the user, and nothing sends it', () async {
    server.script.add(rejection(400, 'unreadable_image'));
    final needing = await whenIs(await add(), UploadState.needsYou);

    expect(needing.problem!.code, ErrorCode.unreadableImage);
    expect(needing.problem!.detail, 'In words.');
    queue.wake();
    await pass(const Duration(days: 1));
    await restart();
    expect(server.received, hasLength(1));
    expect(queue.uploads.value.single.state, UploadState.needsYou);
  });

  test('a key that was used before is replaced when tried again', () async {
    server.script.add(rejection(422, 'idempotency_key_reused'));
    final upload = await add();
    await whenIs(upload, UploadState.needsYou);

    await queue.retry(upload.id);
    await whenIs(upload, UploadState.done);

    expect(server.received.last.idempotencyKey, isNot(upload.id));
    await restart();
    expect(
      queue.uploads.value.single.idempotencyKey,
      server.received.last.idempotencyKey,
    );
  });

  group('a photo that was damaged on its way', () {
    test('is sent again if the copy on the phone is whole', () async {
      server.script.add(rejection(400, 'digest_mismatch'));
      final upload = await add();
      final waiting = await whenFailed(upload);
      expect(waiting.problem!.code, ErrorCode.digestMismatch);

      await pass(const Duration(seconds: 3));

      await whenIs(upload, UploadState.done);
    });

    test('needs the user if the copy on the phone is damaged', () async {
      final gate = Completer<void>();
      server.script.addAll([const OfflineException(), gate.future]);
      final upload = await add('a photo');
      await whenFailed(upload);
      File(upload.path).writeAsStringSync('a phot0');

      queue.wake();
      gate.complete();
      final needing = await whenIs(upload, UploadState.needsYou);

      expect(needing.problem!.code, ErrorCode.photoGone);
      expect(server.classified, isEmpty);
    });
  });

  test('a photo that vanished from the phone needs the user', () async {
    server.script.add(const OfflineException());
    final upload = await add();
    await whenFailed(upload);
    File(upload.path).deleteSync();

    queue.wake();

    final needing = await whenIs(upload, UploadState.needsYou);
    expect(needing.problem!.code, ErrorCode.photoGone);
    expect(server.received, hasLength(1));
  });

  group('a refused token', () {
    test('keeps the photos and sends none until somebody signs in', () async {
      server.script.add(const UnauthorisedException());
      final upload = await add();
      final waiting = await whenFailed(upload);
      expect(waiting.problem!.code, ErrorCode.unauthorised);

      queue.wake();
      await add('another photo');
      await pass(const Duration(days: 1));
      expect(server.received, hasLength(1));

      session.value = null;
      await settle();
      expect(server.received, hasLength(1));

      session.value = exampleSession(token: 'a new one');
      await whenIs(upload, UploadState.done);
      await until(
        queue.uploads,
        (all) => all.every((each) => each.state == UploadState.done),
      );
      expect(server.classified, hasLength(2));
    });
  });

  group('the photos of one account', () {
    test('are not sent for another', () async {
      server.script.add(const OfflineException());
      final upload = await add();
      await whenFailed(upload);

      session.value = exampleSession(userId: 8);
      await until(queue.uploads, (all) => all.isEmpty);
      await pass(const Duration(days: 1));
      expect(server.received, hasLength(1));

      session.value = exampleSession();
      await whenIs(upload, UploadState.done);
      expect(server.received.last.owner, exampleSession().owner);
    });

    test('are not sent while nobody is signed in', () async {
      server.script.add(const OfflineException());
      final upload = await add();
      await whenFailed(upload);

      session.value = null;
      queue.wake();
      await pass(const Duration(days: 1));

      expect(server.received, hasLength(1));
    });

    test('stop on their way when another signs in', () async {
      server.script.add(Completer<void>().future);
      final upload = await add();
      await whenHalfThrough();

      session.value = exampleSession(userId: 8);
      await until(queue.uploads, (all) => all.isEmpty);

      expect(server.classified, isEmpty);
      session.value = exampleSession();
      await whenIs(upload, UploadState.done);
    });

    test('are deleted when it is no more', () async {
      server.script.add(Completer<void>().future);
      final upload = await add();
      await whenHalfThrough();

      session.value = null;
      await queue.forget(upload.owner);

      expect(queue.uploads.value, isEmpty);
      expect(File(upload.path).existsSync(), isFalse);
      session.value = exampleSession();
      await restart();
      expect(queue.uploads.value, isEmpty);
    });
  });

  test('nobody who is not signed in can add a photo', () async {
    session.value = null;

    await expectLater(add, throwsA(isA<UnauthorisedException>()));
  });

  group('cancelling', () {
    test('stops a photo on its way and keeps it for later', () async {
      server.script.add(Completer<void>().future);
      final upload = await add();
      await whenHalfThrough();

      await queue.cancel(upload.id);

      final kept = queue.uploads.value.single;
      expect(kept.state, UploadState.needsYou);
      expect(kept.problem!.code, ErrorCode.cancelled);
      expect(File(kept.path).existsSync(), isTrue);
      await queue.retry(upload.id);
      await whenIs(upload, UploadState.done);
    });

    test('stops a photo that waits, over a restart too', () async {
      server.script.add(const OfflineException());
      final upload = await add();
      await whenFailed(upload);

      await queue.cancel(upload.id);
      await restart();
      queue.wake();
      await pass(const Duration(days: 1));

      expect(queue.uploads.value.single.state, UploadState.needsYou);
      expect(server.received, hasLength(1));
    });

    test('lets the next photo go', () async {
      server.script.add(Completer<void>().future);
      final first = await add('first');
      final second = await add('second');
      await whenHalfThrough();

      await queue.cancel(first.id);

      await whenIs(second, UploadState.done);
    });

    test('a photo that is done changes nothing', () async {
      final upload = await add();
      await whenIs(upload, UploadState.done);

      await queue.cancel(upload.id);
      await queue.retry(upload.id);

      expect(queue.uploads.value.single.state, UploadState.done);
    });
  });

  group('removing', () {
    test('deletes a photo that is done, and keeps its prediction', () async {
      final upload = await add();
      await whenIs(upload, UploadState.done);

      await queue.remove(upload.id);

      expect(queue.uploads.value, isEmpty);
      expect(File(upload.path).existsSync(), isFalse);
      expect(server.classified, hasLength(1));
    });

    test('stops a photo on its way, and it never comes back', () async {
      server.script.add(Completer<void>().future);
      final upload = await add();
      await whenHalfThrough();

      await queue.remove(upload.id);
      final next = await whenIs(await add('the next'), UploadState.done);
      await restart();

      expect(queue.uploads.value.single.id, next.id);
      expect(File(upload.path).existsSync(), isFalse);
      expect(server.classified, [next.sha256]);
    });

    test('what is not there changes nothing', () async {
      await queue.remove('unknown');
      await queue.cancel('unknown');
      await queue.retry('unknown');

      expect(queue.uploads.value, isEmpty);
    });
  });

  test('stopping keeps a photo that is on its way', () async {
    server.script.add(Completer<void>().future);
    final upload = await add();
    await whenHalfThrough();

    await restart();

    await whenIs(upload, UploadState.done);
    expect(server.timesClassified(upload.sha256), 1);
  });

  test('a phone that cannot be read does not stop the app', () async {
    await queue.stop();
    final file = File('${root.path}/queue')..writeAsStringSync('in the way');
    queue = newQueue();

    await queue.start();
    expect(queue.uploads.value, isEmpty);
    await expectLater(add, throwsA(isA<PhoneStorageException>()));

    file.deleteSync();
    await whenIs(await add(), UploadState.done);
  });

  test('what was done is still listed after a restart', () async {
    final upload = await add();
    await whenIs(upload, UploadState.done);

    await restart();

    expect(queue.uploads.value.single.prediction, isNotNull);
    expect(server.received, hasLength(1));
  });
}
