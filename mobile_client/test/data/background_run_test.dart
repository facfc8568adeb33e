import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/background_run.dart';
import 'package:image_classifier/data/change_queue.dart';
import 'package:image_classifier/domain/feedback.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import '../../testing/change_rig.dart';
import '../../testing/fake_clock.dart';
import '../../testing/queue_rig.dart';

void main() {
  late QueueRig rig;
  late FakeChangeServer changeServer;
  late ChangeQueue changes;
  setUp(() async {
    rig = await QueueRig.start();
    changeServer = FakeChangeServer();
    changes = changeQueue(
      rig.root,
      server: changeServer,
      clock: HastyClock(),
      session: rig.session,
    );
  });
  tearDown(() => rig.end());

  /// The app is closed while a photo and a word wait without a network.
  Future<void> leaveSomething() async {
    rig.server.script.add(const OfflineException());
    final kept = await rig.add();
    await rig.whenFailed(kept);
    await rig.queue.stop();
    await changes.say('a', const Feedback(Verdict.right));
    rig
      ..clock = FakeClock(DateTime.utc(2027))
      ..queue = rig.newQueue();
  }

  BackgroundRun run({FakeClock? clock}) => BackgroundRun(
        uploads: rig.queue,
        changes: changes,
        clock: clock ?? FakeClock(),
      );

  test('what waits is sent, and the answers are told', () async {
    await leaveSomething();

    final report = await run().run(atMost: const Duration(minutes: 8));

    expect(report.isAllSent, isTrue);
    expect(report.answers.single.label, 'golden_retriever');
    expect(rig.server.classified, hasLength(1));
    expect(changeServer.predictions['a'], const Feedback(Verdict.right));
  });

  test('where nothing waits it ends at once, and tells nothing', () async {
    await rig.queue.stop();
    rig.queue = rig.newQueue();

    final report = await run().run(atMost: const Duration(minutes: 8));

    expect(report.isAllSent, isTrue);
    expect(report.answers, isEmpty);
  });

  test('what the time is too short for is left, and sent once later', () async {
    await leaveSomething();
    rig.server.script.add(const OfflineException());
    final clock = FakeClock();

    final running = run(clock: clock).run(atMost: const Duration(minutes: 8));
    await rig.settle();
    await clock.advance(const Duration(minutes: 8));
    final report = await running;

    expect(report.isAllSent, isFalse);
    expect(report.answers, isEmpty);
    rig
      ..clock = FakeClock(DateTime.utc(2028))
      ..queue = rig.newQueue();
    final later = await run().run(atMost: const Duration(minutes: 8));
    expect(later.isAllSent, isTrue);
    expect(rig.server.classified, hasLength(1));
  });

  test('it ends when the app is opened, which goes on', () async {
    await leaveSomething();
    rig.server.script.add(const OfflineException());

    final background = run();
    final running = background.run(atMost: const Duration(minutes: 8));
    await rig.settle();
    background.stop();
    await running;

    rig
      ..clock = FakeClock(DateTime.utc(2028))
      ..queue = rig.newQueue();
    await rig.queue.start();
    await rig.whenIs(rig.queue.uploads.value.single, UploadState.done);
    expect(rig.server.classified, hasLength(1));
    expect(File(rig.queue.uploads.value.single.path).existsSync(), isTrue);
  });
}
