import 'dart:io';

import 'package:image_classifier/config.dart' as config;
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/change_queue.dart';
import 'package:image_classifier/domain/feedback.dart';
import 'package:image_classifier/domain/session.dart';
import 'package:image_classifier/utils/observable.dart';
import 'package:test/test.dart';

import '../../../testing/change_rig.dart';
import '../../../testing/examples.dart';
import '../../../testing/fake_classifier.dart';
import '../../../testing/fake_clock.dart';
import '../../../testing/until.dart';

const Feedback right = Feedback(Verdict.right);
const Feedback tabby =
    Feedback(Verdict.wrong, label: 'tabby', wnid: 'n02123045');

void main() {
  late Directory root;
  late FakeChangeServer server;
  late Observable<Session?> session;
  late FakeClock clock;
  late ChangeQueue queue;

  ChangeQueue open() =>
      changeQueue(root, server: server, clock: clock, session: session);

  setUp(() async {
    root = temporaryFolder();
    server = FakeChangeServer();
    session = Observable(exampleSession());
    clock = FakeClock();
    queue = open();
    await queue.start();
  });
  tearDown(() async {
    await queue.stop();
    root.deleteSync(recursive: true);
  });

  Future<void> whenAllIsSent() async {
    await until(queue.changes, (all) => all.isEmpty);
  }

  Future<void> settle() async {
    for (var i = 0; i < 40; i++) {
      await root.stat();
    }
  }

  test('what is said is shown at once, and sent', () async {
    final prediction = examplePrediction(id: 'a');
    server.script.add(offline);

    await queue.say('a', right);

    expect(queue.feedbackOf(prediction), right);
    await settle();
    expect(queue.waitingFor('a')!.problem, isNotNull);
    queue.wake();
    await whenAllIsSent();
    expect(server.predictions['a'], right);
  });

  test('only the last word on a prediction is sent', () async {
    server.script.add(offline);
    await queue.say('a', right);
    await settle();
    await queue.say('a', tabby);

    queue.wake();
    await whenAllIsSent();

    expect(server.received, ['feedback-a']);
    expect(server.predictions['a'], tabby);
  });

  test('what was said can be taken back', () async {
    await queue.say('a', right);
    await whenAllIsSent();
    await queue.say('a', null);
    await whenAllIsSent();

    expect(server.predictions['a'], isNull);
    expect(server.received, hasLength(2));
  });

  test('it waits over a restart', () async {
    server.script.add(offline);
    await queue.say('a', tabby);
    await settle();
    await queue.stop();

    queue = open();
    await queue.start();
    queue.wake();
    await whenAllIsSent();

    expect(server.predictions['a'], tabby);
  });

  test('a deletion waits until it cannot be undone any more', () async {
    await queue.delete('b');
    await settle();
    expect(queue.isGone('b'), isTrue);
    expect(server.predictions, contains('b'));

    await clock.advance(config.undoTime);
    await whenAllIsSent();

    expect(server.predictions, isNot(contains('b')));
  });

  test('waking the app does not cut the time for undoing short', () async {
    await queue.delete('b');
    queue.wake();
    await settle();

    expect(server.predictions, contains('b'));
    expect(await queue.undo('b'), isTrue);
    await clock.advance(config.undoTime);
    await settle();
    expect(server.predictions, contains('b'));
    expect(queue.isGone('b'), isFalse);
  });

  test('waking the app does not cut a wait short that the server asked for',
      () async {
    server.script.add(const ThrottledException(Duration(minutes: 5)));
    await queue.say('a', right);
    await settle();
    await queue.say('c', right);

    queue.wake();
    await settle();
    expect(server.received, isEmpty);
    await clock.advance(const Duration(minutes: 6));
    await whenAllIsSent();

    expect(server.predictions['a'], right);
    expect(server.predictions['c'], right);
  });

  test('what was undone stays after a restart', () async {
    await queue.delete('b');
    await queue.undo('b');
    await queue.stop();

    queue = open();
    await queue.start();
    await clock.advance(config.undoTime);
    await settle();

    expect(server.predictions, contains('b'));
  });

  test('what the server refuses waits for the user, and others go on',
      () async {
    server.script.add(rejection(400, 'invalid'));
    await queue.say('a', tabby);
    await queue.say('c', right);
    await until(queue.changes, (all) => all.length == 1);

    expect(queue.waitingFor('a')!.isStuck, isTrue);
    expect(queue.waitingFor('a')!.problem!.detail, 'In words.');
    expect(server.predictions['c'], right);
    expect(await queue.discard(queue.waitingFor('a')!), isTrue);
    expect(queue.changes.value, isEmpty);
  });

  test('a refused token waits for another sign-in', () async {
    server.script.add(const UnauthorisedException());
    await queue.say('a', right);
    await settle();
    expect(queue.waitingFor('a'), isNotNull);

    session.value = exampleSession(token: 'another');
    await whenAllIsSent();

    expect(server.predictions['a'], right);
  });

  test('nobody sees or sends what another account said', () async {
    server.script.add(offline);
    await queue.say('a', right);
    await settle();

    session.value = exampleSession(userId: 8);
    await settle();

    expect(queue.changes.value, isEmpty);
    expect(server.predictions['a'], isNull);
    session.value = exampleSession();
    await until(queue.changes, (all) => all.isNotEmpty);
    queue.wake();
    await whenAllIsSent();
    expect(server.predictions['a'], right);
  });

  test('nothing of a deleted account is left', () async {
    server.script.add(offline);
    await queue.say('a', right);
    await settle();

    await queue.forget(exampleSession().owner);

    expect(queue.changes.value, isEmpty);
    expect(
      Directory('${root.path}/changes').listSync(recursive: true),
      isEmpty,
    );
  });

  test('without a session nothing is promised', () async {
    session.value = null;

    await expectLater(
      queue.say('a', right),
      throwsA(isA<UnauthorisedException>()),
    );
  });
}
