import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/storage/file_system.dart';
import 'package:image_classifier/data/upload/photo_sender.dart';
import 'package:image_classifier/data/upload/upload_store.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/clock.dart';
import 'package:image_classifier/utils/observable.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/fake_classifier.dart';
import '../../../testing/fake_clock.dart';
import '../../../testing/faulty_file_system.dart';
import '../../../testing/until.dart';

/// A photo waits without a network and is removed; the app dies at each
/// step of that, and is opened again where there is a network.
void main() {
  test('a removal has more than one step', () async {
    final story = await _Story.tell();

    expect(story.life.taken - story.stepsBefore, greaterThan(2));
  });

  test('a removal that began is finished, and nothing of it is sent',
      () async {
    final whole = await _Story.tell();
    for (var n = whole.stepsBefore + 2; n <= whole.life.taken; n++) {
      final story = await _Story.tell(killAt: n);

      await story.liveAgain();

      final at = 'killed at step $n, ${story.life.names.last}';
      expect(story.server.classified, isEmpty, reason: at);
      expect(story.uploads, isEmpty, reason: at);
      expect(story.files, isEmpty, reason: at);
    }
  });

  test('a removal that did not begin leaves the photo whole', () async {
    final whole = await _Story.tell();
    final story = await _Story.tell(killAt: whole.stepsBefore + 1);

    await story.liveAgain();

    expect(story.server.classified, hasLength(1));
    expect(story.uploads.single.state, UploadState.done);
  });
}

class _Story {
  _Story._(int? killAt) : life = Lifeline(killAt: killAt);

  static Future<_Story> tell({int? killAt}) async {
    final story = _Story._(killAt);
    addTearDown(() => story._root.deleteSync(recursive: true));
    await Future.any([story._first(), story.life.killed]);
    return story;
  }

  final Lifeline life;
  final FakeClassifier server = FakeClassifier();
  final Directory _root = temporaryFolder();

  /// How many steps there were before the photo was removed.
  int stepsBefore = 0;

  /// What the app that was opened again has in its list.
  List<QueuedUpload> uploads = const [];

  /// The queue's files on the phone.
  List<String> get files => [
        for (final entry
            in Directory('${_root.path}/app').listSync(recursive: true))
          if (entry is File) entry.path,
      ];

  Future<void> _first() async {
    final queue = _queue(
      MortalFileSystem(life),
      (upload, {required onProgress, required cancel}) =>
          throw const OfflineException(),
      FakeClock(),
    );
    await queue.start();
    final kept = await queue.add(
      File('${_root.path}/photo')..writeAsStringSync('a photo'),
    );
    await until(queue.uploads, (all) => all.single.attempts == 1);
    stepsBefore = life.taken;
    await queue.remove(kept.id);
    await queue.stop();
  }

  Future<void> liveAgain() async {
    final queue = _queue(const DeviceFileSystem(), server.send, HastyClock());
    await queue.start();
    uploads = await until(
      queue.uploads,
      (all) => all.every((upload) => upload.state == UploadState.done),
    );
    await queue.stop();
  }

  UploadQueue _queue(FileSystem files, PhotoSender send, Clock clock) =>
      UploadQueue(
        store: UploadStore(
          AppFolder(Directory('${_root.path}/app'), files: files),
        ),
        session: Observable(exampleSession()),
        clock: clock,
        send: send,
      );
}
