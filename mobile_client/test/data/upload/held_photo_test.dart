import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/storage/file_system.dart';
import 'package:image_classifier/data/upload/held_photos.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/sha256.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/fake_classifier.dart';
import '../../../testing/faulty_file_system.dart';
import '../../../testing/queue_rig.dart';
import '../../../testing/until.dart';

void main() {
  group('a photo that is held', () {
    late QueueRig rig;
    setUp(() async => rig = await QueueRig.start());
    tearDown(() => rig.end());

    Future<QueuedUpload> hold([String content = 'a photo']) => rig.queue.add(
          File('${rig.root.path}/original')..writeAsStringSync(content),
          held: true,
        );

    test('is not sent, over a restart neither', () async {
      final held = await hold();
      await rig.restart();
      await rig.settle();

      expect(rig.server.classified, isEmpty);
      expect(rig.queue.uploads.value.single.id, held.id);
      expect(rig.queue.uploads.value.single.isHeld, isTrue);
    });

    test('is sent when somebody says so', () async {
      final held = await hold();

      await rig.queue.retry(held.id);
      final done = await rig.whenIs(held, UploadState.done);

      expect(rig.server.classified, [done.sha256]);
    });

    test('is held once, however often it is taken', () async {
      final held = await hold();

      expect((await hold()).id, held.id);
      expect(rig.queue.uploads.value, hasLength(1));
    });

    test('is sent with all others that are held, oldest first', () async {
      final photos = [await hold('first'), await hold('second')];

      await rig.queue.sendHeldFor(exampleSession().owner);
      for (final photo in photos) {
        await rig.whenIs(photo, UploadState.done);
      }

      expect(rig.server.classified, [for (final p in photos) p.sha256]);
      expect(rig.queue.heldFor(exampleSession().owner), isEmpty);
    });

    test('is not sent with those of another account', () async {
      await hold();

      await rig.queue.sendHeldFor(exampleSession(userId: 8).owner);
      await rig.settle();

      expect(rig.server.classified, isEmpty);
    });

    test('stays when its other form cannot be kept', () async {
      final held = await hold();

      await expectLater(
        rig.queue.replace(held.id, File('${rig.root.path}/gone')),
        throwsA(isA<PhoneStorageException>()),
      );

      expect(rig.queue.uploads.value.single.id, held.id);
      expect(File(held.path).existsSync(), isTrue);
    });

    test('goes when its other form comes', () async {
      final held = await hold();
      final cropped = File('${rig.root.path}/cropped')
        ..writeAsStringSync('a part');

      final kept = await rig.queue.replace(held.id, cropped);
      await rig.whenIs(kept, UploadState.done);

      expect(rig.queue.uploads.value.single.id, kept.id);
      expect(rig.server.classified, [kept.sha256]);
      expect(File(held.path).existsSync(), isFalse);
    });
  });

  test('one photo that was cropped is one photo, whenever the app is killed',
      () async {
    final whole = await _Story.tell();
    expect(whole.life.taken, greaterThan(20));
    for (var n = 1; n <= whole.life.taken; n++) {
      final story = await _Story.tell(killAt: n);

      final uploads = await story.liveAgain();

      final at = 'killed at step $n, ${story.life.names.last}';
      expect(story.server.classified, isNot(contains(story.original)),
          reason: at);
      expect(story.server.classified.length, lessThanOrEqualTo(1), reason: at);
      expect(uploads.length, lessThanOrEqualTo(1), reason: at);
      if (story.isSafe) expect(uploads, hasLength(1), reason: at);
      if (story.isReplaced) {
        expect(uploads.single.sha256, story.cropped, reason: at);
      }
      for (final upload in uploads) {
        expect(
          upload.isHeld || upload.problem != null,
          upload.sha256 == story.original,
          reason: at,
        );
      }
    }
  });
}

/// A photo is held, then its cropped form comes in its place and is sent;
/// the app dies at a step of that and is opened again.
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

  /// Whether the queue said that the photo, or its other form, is safe.
  bool isSafe = false;
  bool isReplaced = false;

  late final File _photo = File('${_root.path}/photo')
    ..writeAsStringSync('a photo' * 50);
  late final File _part = File('${_root.path}/part')
    ..writeAsStringSync('a part of it');

  String get original => Sha256.hexOf(_photo.readAsBytesSync());
  String get cropped => Sha256.hexOf(_part.readAsBytesSync());

  Future<void> _first() async {
    final queue = mortalQueue(
      _root,
      server,
      files: MortalFileSystem(life),
      life: life,
    );
    await queue.start();
    final held = await queue.add(_photo, held: true);
    isSafe = true;
    await queue.replace(held.id, _part);
    isReplaced = true;
    await until(
      queue.uploads,
      (all) => all.every((upload) => upload.state == UploadState.done),
    );
    await queue.stop();
  }

  Future<List<QueuedUpload>> liveAgain() async {
    final queue = mortalQueue(
      _root,
      server,
      files: const DeviceFileSystem(),
      life: Lifeline(),
    );
    await queue.start();
    final uploads = await until(
      queue.uploads,
      (all) => all.every((upload) => !upload.isPending),
    );
    await queue.stop();
    return uploads;
  }
}
