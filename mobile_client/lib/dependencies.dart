import 'dart:io';

import 'data/change_queue.dart';
import 'data/changes/change_sender.dart';
import 'data/changes/change_store.dart';
import 'data/device_repository.dart';
import 'data/history_store.dart';
import 'data/model_repository.dart';
import 'data/photo_files.dart';
import 'data/prediction_repository.dart';
import 'data/problem_log.dart';
import 'data/session_cleanup.dart';
import 'data/session_repository.dart';
import 'data/settings_store.dart';
import 'data/storage/app_folder.dart';
import 'data/token_store.dart';
import 'data/twin/twin.dart';
import 'data/twin/twin_engine.dart';
import 'data/twin/twin_follower.dart';
import 'data/twin/twin_store.dart';
import 'data/upload/photo_sender.dart';
import 'data/upload/upload_store.dart';
import 'data/upload_queue.dart';
import 'domain/queued_change.dart';
import 'utils/unexpected.dart';

/// All repositories, each made of what it needs.
final class Dependencies {
  const Dependencies({
    required this.sessions,
    required this.settings,
    required this.queue,
    required this.predictions,
    required this.devices,
    required this.models,
    required this.exports,
    required this.problems,
    required this.changes,
    required this.files,
    this.twin,
  });

  /// Wires everything up and brings back what was there when the app was
  /// closed. [files] is the app's own folder, [exports] where the user finds
  /// exported files. It begins to send unless [begin] is false.
  static Future<Dependencies> open({
    required Directory files,
    required Directory exports,
    required TokenStore secrets,
    String deviceName = '',
    bool begin = true,
    PhotoDecoder? decoder,
    TwinEngine? engine,
  }) async {
    final folder = AppFolder(files);
    final problems = ProblemLog(folder);
    onUnexpected = problems.note;
    await problems.load();
    final sessions = SessionRepository(secrets, deviceName: deviceName);
    final history = HistoryStore(folder);
    final settings = SettingsStore(folder);
    final queue = UploadQueue(
      store: UploadStore(folder),
      session: sessions.session,
      send: senderOf(sessions),
    );
    final changes = ChangeQueue(
      store: ChangeStore(folder),
      session: sessions.session,
      send: changeSenderOf(sessions),
      onDone: (change) async {
        if (change.kind != ChangeKind.deletion) return;
        await history.forget(change.owner, change.predictionId);
      },
    );
    cleanUpAfterSessions(
      sessions,
      history: history,
      queue: queue,
      changes: changes,
    );
    await settings.load();
    await sessions.restore();
    if (sessions.session.value == null) await history.wipe();
    if (begin) {
      await queue.start();
      await changes.start();
    }
    final predictions = PredictionRepository(sessions, history);
    final twin = decoder == null || engine == null
        ? null
        : Twin(
            sessions: sessions,
            store: TwinStore(folder),
            decoder: decoder,
            engine: engine,
          );
    if (twin != null) {
      followWith(
        twin,
        settings: settings,
        queue: queue,
        server: sessions.server,
      );
    }
    return Dependencies(
      sessions: sessions,
      settings: settings,
      queue: queue,
      predictions: predictions,
      changes: changes,
      files: PhotoFiles(predictions, Directory.systemTemp),
      devices: DeviceRepository(sessions),
      models: ModelRepository(sessions),
      exports: exports,
      problems: problems,
      twin: twin,
    );
  }

  final SessionRepository sessions;
  final SettingsStore settings;
  final UploadQueue queue;
  final PredictionRepository predictions;
  final DeviceRepository devices;
  final ModelRepository models;
  final Directory exports;
  final ProblemLog problems;
  final ChangeQueue changes;
  final PhotoFiles files;

  /// The server's model on the phone; null where it cannot be run.
  final Twin? twin;
}
