import 'dart:io';

import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/storage/file_system.dart';
import 'package:image_classifier/data/upload/upload_store.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/observable.dart';
import 'package:image_classifier/utils/sha256.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/fake_classifier.dart';
import '../../../testing/fake_clock.dart';
import '../../../testing/throwing_file_system.dart';
import '../../../testing/unexpected.dart';
import '../../../testing/until.dart';

/// Nothing that is thrown, wherever, ends the queue.
void main() {
  for (final MapEntry(key: name, value: thrown) in whateverIsThrown.entries) {
    test('$name from the sender: this photo and the next are sent', () async {
      final heard = hearUnexpected();
      final story = _Story(const DeviceFileSystem(), sender: [thrown]);

      await story.tell();

      expect(story.problems, contains('unexpected'));
      expect(heard, [thrown]);
      story.expectWhole();
    });

    test('$name from the phone, at any step: both photos are sent', () async {
      hearUnexpected();
      final counting = ThrowingFileSystem();
      await _Story(counting).tell();

      for (var n = 1; n <= counting.steps; n++) {
        final story = _Story(ThrowingFileSystem(throwAt: n, thrown: thrown));
        await story.tell();
        story.expectWhole(reason: '$name at step $n');
      }
    }, timeout: const Timeout(Duration(minutes: 2)));
  }

  test('a listener that throws does not keep a photo from being sent',
      () async {
    hearUnexpected();
    final story = _Story(const DeviceFileSystem());
    story.queue.uploads.addListener(() => throw StateError('a bug'));

    await story.tell();

    story.expectWhole();
  });

  test('a clock that throws does not either', () async {
    hearUnexpected();
    final story = _Story(
      const DeviceFileSystem(),
      sender: [Exception('once')],
      clock: _BrokenClock(),
    );

    await story.tell();

    story.expectWhole();
  });

  test('a photo that the phone does not delete stays in the list', () async {
    hearUnexpected();
    final files = ThrowingFileSystem();
    final story = _Story(files);
    await story.tell();
    files.throwAt = files.steps + 1;

    final photo = story.queue.uploads.value.first;
    await expectLater(story.queue.remove(photo.id), throwsException);

    expect(story.queue.uploads.value.map((each) => each.id),
        contains(photo.id));
    await story.queue.remove(photo.id);
    expect(story.queue.uploads.value, hasLength(1));
  });
}

/// Two photos are taken and sent; who is told that one could not be kept
/// takes it again.
class _Story {
  _Story(FileSystem files, {List<Object> sender = const [], HastyClock? clock})
      : _thrown = [...sender] {
    addTearDown(() async {
      await queue.stop();
      _root.deleteSync(recursive: true);
    });
    queue = UploadQueue(
      store: UploadStore(
        AppFolder(Directory('${_root.path}/app'), files: files),
      ),
      session: Observable(exampleSession()),
      clock: clock ?? HastyClock(),
      send: (upload, {required onProgress, required cancel}) async {
        if (_thrown.isNotEmpty) throw _thrown.removeAt(0);
        return _server.send(upload, onProgress: onProgress, cancel: cancel);
      },
    );
    queue.uploads.addListener(_look);
  }

  final Directory _root = temporaryFolder();
  final FakeClassifier _server = FakeClassifier();
  final List<Object> _thrown;
  late final UploadQueue queue;

  /// The names of the problems that photos had.
  final Set<String> problems = {};

  Future<void> tell() async {
    await queue.start();
    for (final name in ['one', 'two']) {
      final photo = File('${_root.path}/$name')..writeAsStringSync(name);
      try {
        await queue.add(photo);
      } on Object {
        await queue.add(photo);
      }
    }
    await until(
      queue.uploads,
      (all) =>
          all.length == 2 &&
          all.every((upload) => upload.state == UploadState.done),
    );
  }

  void expectWhole({String? reason}) => expect(
        _server.classified,
        unorderedEquals([
          for (final name in ['one', 'two']) Sha256.hexOf(name.codeUnits),
        ]),
        reason: reason,
      );

  void _look() {
    for (final upload in queue.uploads.value) {
      if (upload.problem case final problem?) problems.add(problem.code.name);
      if (upload.state == UploadState.needsYou) queue.retry(upload.id);
    }
  }
}

/// Fails with each second wait.
class _BrokenClock extends HastyClock {
  bool _isBroken = false;

  @override
  Future<void> sleep(Duration duration, {Future<void>? wakeUp}) {
    _isBroken = !_isBroken;
    if (_isBroken) throw StateError('a clock that stands still');
    return super.sleep(duration, wakeUp: wakeUp);
  }
}
