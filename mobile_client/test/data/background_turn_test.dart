import 'dart:isolate';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/background_turn.dart';
import 'package:image_classifier/data/change_queue.dart';
import 'package:image_classifier/domain/feedback.dart';
import 'package:test/test.dart';

import '../../testing/change_rig.dart';
import '../../testing/fake_clock.dart';
import '../../testing/queue_rig.dart';

void main() {
  const aMinute = Duration(minutes: 1);
  late QueueRig rig;
  late FakeChangeServer changeServer;
  late ChangeQueue changes;
  setUp(() async {
    rig = await QueueRig.start();
    changeServer = FakeChangeServer();
    changes = changeQueue(
      rig.root,
      server: changeServer,
      clock: rig.clock,
      session: rig.session,
    );
    await changes.start();
  });
  tearDown(() async {
    await changes.stop();
    await rig.end();
  });

  BackgroundTurn turn({FakeClock? clock}) => BackgroundTurn(
        uploads: rig.queue,
        changes: changes,
        clock: clock ?? FakeClock(),
      );

  /// A photo and a word wait, and the next try would be later.
  Future<void> leaveSomething() async {
    rig.server.script.add(const OfflineException());
    changeServer.script.add(offline);
    await changes.say('a', const Feedback(Verdict.right));
    await rig.whenFailed(await rig.add());
    await rig.settle();
  }

  /// The port of an app that has [turn].
  SendPort app(BackgroundTurn? turn) {
    final port = ReceivePort();
    addTearDown(port.close);
    port.listen((message) => answerTurn(message, turn));
    return port.sendPort;
  }

  test('what waits is sent at once', () async {
    await leaveSomething();

    expect(await turn().take(atMost: aMinute), isTrue);

    expect(rig.server.classified, hasLength(1));
    expect(changeServer.predictions['a'], const Feedback(Verdict.right));
  });

  test('where nothing waits it is over at once', () async {
    expect(await turn().take(atMost: aMinute), isTrue);
  });

  test('it is over after its time, and tells that something is left',
      () async {
    await leaveSomething();
    rig.server.script.add(const OfflineException());
    final clock = FakeClock();
    bool? isAllSent;

    final taking = turn(clock: clock)
        .take(atMost: aMinute)
        .then((value) => isAllSent = value);
    await rig.settle();
    await clock.advance(const Duration(seconds: 59));
    expect(isAllSent, isNull);
    await clock.advance(const Duration(seconds: 1));
    await taking;

    expect(isAllSent, isFalse);
  });

  test('a wait that the server asked for is not cut short', () async {
    rig.server.script.add(const ThrottledException(Duration(minutes: 5)));
    await rig.whenFailed(await rig.add());
    final clock = FakeClock();

    final taking = turn(clock: clock).take(atMost: aMinute);
    await rig.settle();
    await clock.advance(aMinute);

    expect(await taking, isFalse);
    expect(rig.server.received, hasLength(1));
  });

  test('the worker hears whether the app has sent all', () async {
    await leaveSomething();

    expect(await askForTurn(app(turn()), atMost: aMinute), isTrue);
    expect(rig.server.classified, hasLength(1));
  });

  test('all is left where the app is not ready, or does not answer', () async {
    expect(await askForTurn(app(null), atMost: aMinute), isFalse);
    final deaf = ReceivePort()..listen((_) {});
    addTearDown(deaf.close);
    expect(
      await askForTurn(
        deaf.sendPort,
        atMost: Duration.zero,
        patience: Duration.zero,
      ),
      isFalse,
    );
  });
}
