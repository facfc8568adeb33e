import 'dart:io';

import 'package:image_classifier/data/change_queue.dart';
import 'package:image_classifier/data/changes/change_sender.dart';
import 'package:image_classifier/data/changes/change_store.dart';
import 'package:image_classifier/data/history_store.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/upload/photo_sender.dart';
import 'package:image_classifier/data/upload/upload_store.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import 'examples.dart';
import 'fake_clock.dart';
import 'live_server.dart';
import 'memory_token_store.dart';
import 'results.dart';
import 'until.dart';

/// The password of all accounts that tests make.
const String password = 'correct horse battery';

/// The app without its screens.
class Phone {
  Phone._(String name)
      : sessions = SessionRepository(MemoryTokenStore(), deviceName: name);

  /// The app of somebody who found [server].
  static Future<Phone> at(LiveServer server, {String name = ''}) async {
    final phone = Phone._(name);
    addTearDown(phone._delete);
    valueOf(await phone.sessions.useServer('${server.address}'));
    await phone.queue.start();
    await phone.changes.start();
    return phone;
  }

  /// The app of somebody who has an account on [server].
  static Future<Phone> signedUp(
    LiveServer server,
    String username, {
    String name = '',
  }) async {
    final phone = await at(server, name: name);
    valueOf(await phone.sessions.register(username, password, ''));
    return phone;
  }

  final SessionRepository sessions;
  final Directory folder = temporaryFolder();

  late final AppFolder _files = AppFolder(folder);
  late final PredictionRepository history =
      PredictionRepository(sessions, HistoryStore(_files));
  late UploadQueue queue = newQueue();

  /// On it the time for undoing passes when a test says so.
  final FakeClock changeClock = FakeClock();
  late final ChangeQueue changes = ChangeQueue(
    store: ChangeStore(_files),
    session: sessions.session,
    send: changeSenderOf(sessions),
    clock: changeClock,
  );

  /// A queue on what is on the disk, as after a restart of the app; [send]
  /// stands in for the real way to the server.
  UploadQueue newQueue({PhotoSender? send}) => UploadQueue(
        store: UploadStore(_files),
        session: sessions.session,
        send: send ?? senderOf(sessions),
      );

  /// Sends a photo and waits for what the server sees in it.
  Future<Prediction> classify(File photo) async {
    final kept = await queue.add(photo);
    final done = await until(
      queue.uploads,
      (uploads) =>
          uploads.any((u) => u.id == kept.id && u.state == UploadState.done),
    );
    return done.firstWhere((upload) => upload.id == kept.id).prediction!;
  }

  Future<void> _delete() async {
    await queue.stop();
    await changes.stop();
    folder.deleteSync(recursive: true);
  }
}
