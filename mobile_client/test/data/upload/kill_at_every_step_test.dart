import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/storage/file_system.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/sha256.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/fake_classifier.dart';
import '../../../testing/faulty_file_system.dart';
import '../../../testing/queue_rig.dart';
import '../../../testing/until.dart';

void main() {
  test('the whole story has many steps', () async {
    final story = await _Story.tell();

    expect(story.life.taken, greaterThan(60));
    expect(story.life.isDead, isFalse);
  });

  for (final power in [false, true]) {
    test(
      'no photo is lost or classified twice, whenever '
      '${power ? 'the power fails' : 'the app is killed'}',
      () async {
        final steps = (await _Story.tell()).life.taken;
        for (var n = 1; n <= steps; n++) {
          final story = await _Story.tell(killAt: n, cutPower: power);
          expect(story.life.isDead, isTrue, reason: 'step $n');

          await story.liveAgain();

          final at = 'killed at step $n, ${story.life.names.last}';
          expect(
            story.server.classified,
            unorderedEquals(story.photos),
            reason: at,
          );
        }
      },
      timeout: const Timeout(Duration(minutes: 5)),
    );
  }

  test('nor if the app is killed again while it recovers', () async {
    final steps = (await _Story.tell()).life.taken;
    for (var n = 3; n <= steps; n += 5) {
      for (var m = 1; m <= 25; m += 3) {
        final story = await _Story.tell(killAt: n);
        await story.liveAgain(killAt: m);

        await story.liveAgain();

        expect(
          story.server.classified,
          unorderedEquals(story.photos),
          reason: 'killed at step $n, then at step $m',
        );
      }
    }
  }, timeout: const Timeout(Duration(minutes: 5)));
}

/// Two photos are taken and sent over a bad network, the first is looked at
/// and put away; then, after a death, the app is opened again.
class _Story {
  _Story._(int? killAt) : life = Lifeline(killAt: killAt);

  static Future<_Story> tell({int? killAt, bool cutPower = false}) async {
    final story = _Story._(killAt);
    addTearDown(() => story._root.deleteSync(recursive: true));
    final files = MortalFileSystem(story.life);
    await Future.any([story._first(files), story.life.killed]);
    if (cutPower) files.cutPower();
    return story;
  }

  final Lifeline life;
  final FakeClassifier server = FakeClassifier();
  final Directory _root = temporaryFolder();
  final Set<String> _taken = {};

  late final List<File> _originals = [
    for (final name in ['one', 'two'])
      File('${_root.path}/$name')..writeAsStringSync('photo $name' * 100),
  ];

  /// The hashes of both photos.
  List<String> get photos => [
        for (final original in _originals)
          Sha256.hexOf(original.readAsBytesSync()),
      ];

  Future<void> _first(FileSystem files) async {
    server.script
      ..add(const OfflineException())
      ..add(const ServerException(500));
    final queue = mortalQueue(_root, server, files: files, life: life);
    await queue.start();
    for (final original in _originals) {
      await queue.add(original);
      _taken.add(original.path);
    }
    final done = await until(
      queue.uploads,
      (uploads) =>
          uploads.length == 2 &&
          uploads.every((upload) => upload.state == UploadState.done),
    );
    await queue.remove(done.first.id);
  }

  /// A new process on what the old one left. Who took a photo that is not
  /// in the list, though it was never said to be safe, takes it again.
  Future<void> liveAgain({int? killAt}) async {
    server.script.clear();
    final life = Lifeline(killAt: killAt);
    final queue = mortalQueue(
      _root,
      server,
      files: MortalFileSystem(life),
      life: life,
    );
    await Future.any([_recover(queue), life.killed]);
    if (!life.isDead) await queue.stop();
  }

  Future<void> _recover(UploadQueue queue) async {
    await queue.start();
    for (final original in _originals) {
      final sha256 = Sha256.hexOf(original.readAsBytesSync());
      final isListed =
          queue.uploads.value.any((upload) => upload.sha256 == sha256);
      if (isListed || _taken.contains(original.path)) continue;
      await queue.add(original);
      _taken.add(original.path);
    }
    await until(
      queue.uploads,
      (uploads) => uploads.every((upload) => upload.state == UploadState.done),
    );
  }
}
