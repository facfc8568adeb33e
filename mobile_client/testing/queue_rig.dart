import 'dart:io';

import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/storage/file_system.dart';
import 'package:image_classifier/data/upload/upload_store.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/domain/session.dart';
import 'package:image_classifier/utils/observable.dart';

import 'examples.dart';
import 'fake_classifier.dart';
import 'fake_clock.dart';
import 'faulty_file_system.dart';
import 'until.dart';

/// An upload queue on a real folder, with a clock and a server that a test
/// holds in its hands.
class QueueRig {
  QueueRig._();

  /// A queue that runs, for the example session.
  static Future<QueueRig> start() async {
    final rig = QueueRig._();
    await rig.queue.start();
    return rig;
  }

  final Directory root = temporaryFolder();
  final FakeClassifier server = FakeClassifier();
  FakeClock clock = FakeClock();
  final Observable<Session?> session = Observable(exampleSession());
  late UploadQueue queue = newQueue();

  /// Another queue on the same folder.
  UploadQueue newQueue() => UploadQueue(
        store: UploadStore(AppFolder(root)),
        session: session,
        send: server.send,
        clock: clock,
      );

  Future<void> end() async {
    await queue.stop();
    root.deleteSync(recursive: true);
  }

  /// Ends the queue and starts another, as a restart of the app does.
  Future<void> restart() async {
    await queue.stop();
    queue = newQueue();
    await queue.start();
  }

  Future<QueuedUpload> add([String content = 'a photo']) => queue.add(
        File('${root.path}/original')..writeAsStringSync(content),
      );

  Future<QueuedUpload> whenIs(QueuedUpload upload, UploadState state) =>
      _when(upload, (each) => each.state == state);

  Future<QueuedUpload> whenFailed(QueuedUpload upload, {int times = 1}) =>
      _when(
        upload,
        (each) =>
            each.state == UploadState.waiting &&
            each.problem != null &&
            each.attempts == times,
      );

  Future<int> whenHalfThrough() =>
      until(server.halfThrough, (uploads) => uploads == 1);

  /// Gives the queue the time of many accesses to the disk, more than it
  /// needs to send a photo; then it has sent all that it will.
  Future<void> settle() async {
    for (var i = 0; i < 40; i++) {
      await root.stat();
    }
  }

  /// Lets time pass, and the queue do what it then does.
  Future<void> pass(Duration time) async {
    await settle();
    await clock.advance(time);
    await settle();
  }

  Future<QueuedUpload> _when(
    QueuedUpload upload,
    bool Function(QueuedUpload) isSo,
  ) async {
    final list = await until(
      queue.uploads,
      (all) => all.any((each) => each.id == upload.id && isSo(each)),
    );
    return list.firstWhere((each) => each.id == upload.id);
  }
}

/// A queue on a folder inside [root] whose connection dies where [life] ends.
UploadQueue mortalQueue(
  Directory root,
  FakeClassifier server, {
  required FileSystem files,
  required Lifeline life,
}) =>
    UploadQueue(
      store: UploadStore(
        AppFolder(Directory('${root.path}/app'), files: files),
      ),
      session: Observable(exampleSession()),
      clock: HastyClock(),
      send: (upload, {required onProgress, required cancel}) => server.send(
        upload,
        onProgress: onProgress,
        cancel: cancel,
        life: life,
      ),
    );
