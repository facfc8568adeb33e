import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/change_queue.dart';
import 'package:image_classifier/data/changes/change_store.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/storage/file_system.dart';
import 'package:image_classifier/domain/feedback.dart';
import 'package:image_classifier/domain/queued_change.dart';
import 'package:image_classifier/domain/session.dart';
import 'package:image_classifier/utils/clock.dart';
import 'package:image_classifier/utils/observable.dart';

import 'examples.dart';
import 'faulty_file_system.dart';

/// A server that keeps what is said of predictions until they are deleted.
class FakeChangeServer {
  FakeChangeServer([Iterable<String> ids = const ['a', 'b', 'c']])
      : predictions = {for (final id in ids) id: null};

  /// What is there, with what is said of it.
  final Map<String, Feedback?> predictions;

  /// What the next requests throw; null lets one through.
  final List<Object?> script = [];

  /// The ids of all changes that came through, in order.
  final List<String> received = [];

  Future<void> send(QueuedChange change, {Lifeline? life}) async {
    Future<void> step(String name, void Function() action) =>
        life == null ? Future.sync(action) : life.step(name, () async => action());

    await step('connect', () {});
    final thrown = script.isEmpty ? null : script.removeAt(0);
    if (thrown != null) throw thrown;
    await step('change', () {
      received.add(change.id);
      if (change.kind == ChangeKind.deletion) {
        predictions.remove(change.predictionId);
      } else if (predictions.containsKey(change.predictionId)) {
        predictions[change.predictionId] = change.feedback;
      }
    });
    await step('receive the answer', () {});
  }
}

/// A queue of changes on a real folder.
ChangeQueue changeQueue(
  Directory folder, {
  required FakeChangeServer server,
  required Clock clock,
  FileSystem files = const DeviceFileSystem(),
  Observable<Session?>? session,
  Lifeline? life,
}) =>
    ChangeQueue(
      store: ChangeStore(AppFolder(folder, files: files)),
      session: session ?? Observable(exampleSession()),
      clock: clock,
      send: (change) => server.send(change, life: life),
    );

const ApiException offline = OfflineException();
