import 'dart:async';
import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import '../../../testing/queue_rig.dart';
import '../../../testing/until.dart';

void main() {
  late QueueRig rig;
  setUp(() async => rig = await QueueRig.start());
  tearDown(() => rig.end());

  test('a photo is sent and has its prediction', () async {
    final done = await rig.whenIs(await rig.add(), UploadState.done);

    expect(done.prediction!.label, 'golden_retriever');
    expect(done.problem, isNull);
    expect(rig.server.classified, [done.sha256]);
  });

  test('a photo is waiting, then being sent, then done', () async {
    final states = <UploadState>[];
    rig.queue.uploads.addListener(() {
      final state = rig.queue.uploads.value.single.state;
      if (states.isEmpty || states.last != state) states.add(state);
    });

    await rig.whenIs(await rig.add(), UploadState.done);

    expect(
      states,
      [UploadState.waiting, UploadState.sending, UploadState.done],
    );
  });

  test('progress is told while a photo is being sent, and only then', () async {
    final gate = Completer<void>();
    rig.server.script.add(gate.future);
    final upload = await rig.add();
    final progress = rig.queue.progressOf(upload.id);
    expect(progress.value, isNull);

    expect(await until(progress, (value) => value != null), closeTo(0.5, 0.1));
    gate.complete();
    await rig.whenIs(upload, UploadState.done);
    await until(progress, (value) => value == null);
  });

  test('photos are sent one at a time, in their order', () async {
    final gate = Completer<void>();
    rig.server.script.add(gate.future);
    final first = await rig.add('first');
    final second = await rig.add('second');
    await rig.whenHalfThrough();

    expect(rig.server.received, hasLength(1));
    gate.complete();
    await rig.whenIs(second, UploadState.done);

    expect(rig.server.classified, [first.sha256, second.sha256]);
  });

  test('the same photo, snapped twice, waits once', () async {
    rig.server.script.add(const OfflineException());
    final first = await rig.add();
    final second = await rig.add();

    expect(second.id, first.id);
    expect(rig.queue.uploads.value, hasLength(1));
  });

  test('stopping keeps a photo that is on its way', () async {
    rig.server.script.add(Completer<void>().future);
    final upload = await rig.add();
    await rig.whenHalfThrough();

    await rig.restart();

    await rig.whenIs(upload, UploadState.done);
    expect(rig.server.timesClassified(upload.sha256), 1);
  });

  test('a phone that cannot be read does not stop the app', () async {
    await rig.queue.stop();
    final file = File('${rig.root.path}/queue')
      ..writeAsStringSync('in the way');
    rig.queue = rig.newQueue();

    await rig.queue.start();
    expect(rig.queue.uploads.value, isEmpty);
    await expectLater(rig.add, throwsA(isA<PhoneStorageException>()));

    file.deleteSync();
    await rig.whenIs(await rig.add(), UploadState.done);
  });

  test('what was done is still listed after a restart', () async {
    final upload = await rig.add();
    await rig.whenIs(upload, UploadState.done);

    await rig.restart();

    expect(rig.queue.uploads.value.single.prediction, isNotNull);
    expect(rig.server.received, hasLength(1));
  });
}
