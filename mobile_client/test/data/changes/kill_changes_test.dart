import 'dart:io';

import 'package:image_classifier/data/change_queue.dart';
import 'package:image_classifier/data/storage/file_system.dart';
import 'package:image_classifier/domain/feedback.dart';
import 'package:image_classifier/utils/clock.dart';
import 'package:test/test.dart';

import '../../../testing/change_rig.dart';
import '../../../testing/examples.dart';
import '../../../testing/fake_clock.dart';
import '../../../testing/faulty_file_system.dart';
import '../../../testing/throwing_file_system.dart';
import '../../../testing/unexpected.dart';
import '../../../testing/until.dart';

const Feedback right = Feedback(Verdict.right);
const Feedback tabby = Feedback(Verdict.wrong, label: 'tabby');

/// `a` is called right, then a tabby; `b` is deleted; `c` is deleted and
/// that is undone. Whenever the app dies in between, what it had promised
/// happens, and nothing else.
void main() {
  test('the whole story has many steps', () async {
    final story = await _Story.tell();

    expect(story.life.taken, greaterThan(25));
    expect(story.server.predictions, {'a': tabby, 'c': null});
  });

  for (final power in [false, true]) {
    test(
      'nothing is lost or back from the dead, whenever '
      '${power ? 'the power fails' : 'the app is killed'}',
      () async {
        final steps = (await _Story.tell()).life.taken;
        for (var n = 1; n <= steps; n++) {
          final story = await _Story.tell(killAt: n, cutPower: power);

          await story.liveAgain();

          story.expectPromisesKept('at step $n, ${story.life.names.last}');
        }
      },
      timeout: const Timeout(Duration(minutes: 2)),
    );
  }

  for (final MapEntry(key: name, value: thrown) in whateverIsThrown.entries) {
    test('$name from the phone or the server, at any step, ends nothing',
        () async {
      hearUnexpected();
      final counting = ThrowingFileSystem();
      await _Story.tell(files: counting);
      for (var n = 1; n <= counting.steps; n++) {
        final story = await _Story.tell(
          files: ThrowingFileSystem(throwAt: n, thrown: thrown),
          script: [thrown, null, thrown],
        );

        await story.liveAgain();

        story.expectPromisesKept('$name at step $n');
      }
    }, timeout: const Timeout(Duration(minutes: 2)));
  }
}

class _Story {
  _Story._(int? killAt) : life = Lifeline(killAt: killAt);

  static Future<_Story> tell({
    int? killAt,
    bool cutPower = false,
    FileSystem? files,
    List<Object?> script = const [offline, null, offline],
  }) async {
    final story = _Story._(killAt);
    story.server.script.addAll(script);
    addTearDown(() => story._root.deleteSync(recursive: true));
    final mortal = MortalFileSystem(story.life);
    await Future.any([story._first(files ?? mortal), story.life.killed]);
    if (cutPower) mortal.cutPower();
    return story;
  }

  final Lifeline life;
  final FakeChangeServer server = FakeChangeServer();
  final Directory _root = temporaryFolder();

  /// What returned, so that it may be relied on.
  final Set<String> _promised = {};

  Future<void> _first(FileSystem files) async {
    final queue = _queue(files, FakeClock(), life);
    await queue.start();
    await _promise('right', () => queue.say('a', right));
    await _promise('tabby', () => queue.say('a', tabby));
    await _promise('deletion', () => queue.delete('b'));
    await _promise('mistake', () => queue.delete('c'));
    await _promise('undo', () => queue.undo('c'));
    await queue.stop();
    await _send(_queue(files, HastyClock(), life));
  }

  /// What throws was not promised, and is asked for again.
  Future<void> _promise(String name, Future<void> Function() action) async {
    try {
      await action();
    } on Object {
      await action();
    }
    _promised.add(name);
  }

  Future<void> liveAgain() async {
    server.script.clear();
    await _send(_queue(const DeviceFileSystem(), HastyClock(), Lifeline()));
  }

  Future<void> _send(ChangeQueue queue) async {
    await queue.start();
    await until(queue.changes, (changes) {
      // As the user does who sees that one is stuck.
      if (changes.any((change) => change.isStuck)) queue.wake();
      return changes.isEmpty;
    });
    await queue.stop();
  }

  void expectPromisesKept(String reason) {
    final said = server.predictions['a'];
    if (_promised.contains('tabby')) expect(said, tabby, reason: reason);
    if (_promised.contains('right')) expect(said, isNotNull, reason: reason);
    if (_promised.contains('deletion')) {
      expect(server.predictions.keys, isNot(contains('b')), reason: reason);
    }
    if (_promised.contains('undo')) {
      expect(server.predictions.keys, contains('c'), reason: reason);
    }
  }

  ChangeQueue _queue(FileSystem files, Clock clock, Lifeline life) =>
      changeQueue(
        Directory('${_root.path}/app'),
        server: server,
        clock: clock,
        files: files,
        life: life,
      );
}
