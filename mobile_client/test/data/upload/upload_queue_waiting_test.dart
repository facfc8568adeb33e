import 'package:image_classifier/config.dart' as config;
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import '../../../testing/fake_classifier.dart';
import '../../../testing/fake_clock.dart';
import '../../../testing/queue_rig.dart';

void main() {
  late QueueRig rig;
  setUp(() async => rig = await QueueRig.start());
  tearDown(() => rig.end());

  group('without a network', () {
    test('a photo waits, with the reason', () async {
      rig.server.script.add(const OfflineException());

      final waiting = await rig.whenFailed(await rig.add());

      expect(waiting.problem!.code, ErrorCode.offline);
      expect(waiting.notBefore!.isAfter(rig.clock.now()), isTrue);
    });

    test('the other photos are not tried in vain', () async {
      rig.server.script.add(const OfflineException());
      final first = await rig.add('first');
      await rig.whenFailed(first);
      await rig.add('second');
      await rig.pass(const Duration(milliseconds: 500));

      expect(rig.server.received, hasLength(1));
    });

    test('it is tried again later, under the same key', () async {
      rig.server.script
        ..add(const OfflineException())
        ..add(const TimeOutException());
      final upload = await rig.add();
      await rig.whenFailed(upload);
      await rig.pass(const Duration(seconds: 10));
      await rig.whenFailed(upload, times: 2);
      await rig.pass(const Duration(seconds: 10));
      await rig.whenIs(upload, UploadState.done);

      expect(rig.server.received, hasLength(3));
      expect({for (final each in rig.server.received) each.idempotencyKey},
          {upload.id});
    });

    test('it is tried at once when there is one again', () async {
      rig.server.script.add(const OfflineException());
      final upload = await rig.add();
      await rig.whenFailed(upload);

      rig.queue.wake();

      await rig.whenIs(upload, UploadState.done);
    });
  });

  test('a photo that breaks off each time waits longer, the others do not',
      () async {
    rig.server.script.addAll(
      [for (var i = 0; i < 9; i++) const OfflineException.brokenOff()],
    );
    final upload = await rig.add();
    for (var times = 1; times < 9; times++) {
      await rig.whenFailed(upload, times: times);
      await rig.pass(config.longestRetryDelay);
    }
    final waiting = await rig.whenFailed(upload, times: 9);
    final wait = waiting.notBefore!.difference(rig.clock.now());
    expect(wait > config.longestOfflineDelay * 2, isTrue);

    final other = await rig.add('another photo');
    await rig.pass(config.longestOfflineDelay);
    await rig.whenIs(other, UploadState.done);
    expect(rig.server.timesClassified(upload.sha256), 0);
    await rig.pass(config.longestRetryDelay);
    await rig.whenIs(upload, UploadState.done);
  });

  test('what sends a photo knows why it failed before', () async {
    rig.server.script.add(const OfflineException.brokenOff());
    final upload = await rig.add();
    await rig.whenFailed(upload);

    rig.queue.wake();
    await rig.whenIs(upload, UploadState.done);

    expect(
      [for (final each in rig.server.received) each.problem?.code],
      [null, ErrorCode.brokenOff],
    );
  });

  group('a wait that the server asks for', () {
    const busy = OverloadedException(
      wait: Duration(minutes: 3),
      serverCode: 'busy',
    );

    test('is kept, whoever wakes the queue', () async {
      rig.server.script.add(busy);
      final upload = await rig.add();
      await rig.whenFailed(upload);

      rig.queue.wake();
      await rig.add('another photo');
      await rig.pass(const Duration(minutes: 2, seconds: 59));

      expect(rig.server.received, hasLength(1));
      expect(upload.state, UploadState.waiting);
    });

    test('ends, and the photo is sent', () async {
      rig.server.script.add(busy);
      final upload = await rig.add();
      await rig.whenFailed(upload);

      await rig.pass(const Duration(minutes: 3, seconds: 2));

      await rig.whenIs(upload, UploadState.done);
    });

    test('is kept over a restart, for all photos', () async {
      rig.server.script.add(const ThrottledException(Duration(minutes: 3)));
      final upload = await rig.add();
      await rig.whenFailed(upload);
      await rig.add('another photo');

      await rig.restart();
      await rig.pass(const Duration(minutes: 2, seconds: 59));
      expect(rig.server.received, hasLength(1));

      await rig.pass(const Duration(seconds: 3));
      await rig.whenIs(upload, UploadState.done);
    });

    test('of a clock that was wrong by years is not kept', () async {
      rig.server.script.add(busy);
      final upload = await rig.add();
      await rig.whenFailed(upload);

      await rig.queue.stop();
      rig.clock = FakeClock(DateTime.utc(2020));
      rig.queue = rig.newQueue();
      await rig.queue.start();

      await rig.whenIs(upload, UploadState.done);
    });
  });

  test('a photo on which the server fails lets the others pass', () async {
    rig.server.script.add(const ServerException(500));
    final first = await rig.add('first');
    await rig.whenFailed(first);
    final second = await rig.add('second');

    await rig.whenIs(second, UploadState.done);

    expect(rig.server.timesClassified(first.sha256), 0);
    await rig.pass(const Duration(seconds: 3));
    await rig.whenIs(first, UploadState.done);
  });

  test('an upload that is in work already is asked about later', () async {
    rig.server.script.add(rejection(409, 'idempotency_in_progress'));
    final upload = await rig.add();
    final waiting = await rig.whenFailed(upload);
    expect(waiting.problem!.code, ErrorCode.idempotencyInProgress);

    await rig.pass(const Duration(seconds: 3));

    await rig.whenIs(upload, UploadState.done);
  });
}
