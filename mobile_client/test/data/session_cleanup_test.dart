import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/change_queue.dart';
import 'package:image_classifier/data/history_store.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/data/session_cleanup.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/upload/upload_store.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/domain/feedback.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:test/test.dart';

import '../../testing/change_rig.dart';
import '../../testing/examples.dart';
import '../../testing/fake_classifier.dart';
import '../../testing/fake_clock.dart';
import '../../testing/fake_server.dart';
import '../../testing/memory_token_store.dart';
import '../../testing/results.dart';
import '../../testing/until.dart';

void main() {
  late FakeServer server;
  late Directory root;
  late SessionRepository sessions;
  late UploadQueue queue;
  late ChangeQueue changes;
  late QueuedUpload waiting;

  setUp(() async {
    server = await FakeServer.start();
    server
      ..onJson('/livez', {'status': 'ok'})
      ..onJson('/readyz', {'status': 'ok'})
      ..onJson('/api/v1/auth/login/', issuedTokenJson())
      ..onJson('/api/v1/auth/logout/', null, status: 204)
      ..onJson('/api/v1/me/', null, status: 204)
      ..onJson('/api/v1/predictions/', pageJson(['a']));
    root = temporaryFolder();
    final folder = AppFolder(root);
    final history = HistoryStore(folder);
    final classifier = FakeClassifier()..script.add(const OfflineException());
    sessions = SessionRepository(MemoryTokenStore());
    queue = UploadQueue(
      store: UploadStore(folder),
      session: sessions.session,
      send: classifier.send,
      clock: FakeClock(),
    );
    changes = changeQueue(
      root,
      server: FakeChangeServer()..script.add(offline),
      clock: FakeClock(),
      session: sessions.session,
    );
    cleanUpAfterSessions(
      sessions,
      history: history,
      queue: queue,
      changes: changes,
    );
    await sessions.useServer('${server.address}');
    await sessions.signIn('ada', 'password');
    await queue.start();
    waiting = await queue.add(File('${root.path}/p')..writeAsStringSync('p'));
    await until(queue.uploads, (all) => all.single.problem != null);
    await changes.start();
    await changes.say('a', const Feedback(Verdict.right));
    final predictions = PredictionRepository(sessions, history);
    valueOf(await predictions.firstPage(const HistoryFilter()));
  });
  tearDown(() async {
    await queue.stop();
    await changes.stop();
    await server.stop();
    root.deleteSync(recursive: true);
  });

  bool isThere(String folder) => Directory('${root.path}/$folder').existsSync();

  test('signed out, the history is gone and the photo waits', () async {
    expect(isThere('history'), isTrue);

    valueOf(await sessions.signOut());

    expect(isThere('history'), isFalse);
    expect(File(waiting.path).existsSync(), isTrue);
    expect(isThere('changes'), isTrue);
  });

  test('with the account all is gone', () async {
    valueOf(await sessions.deleteAccount());

    expect(isThere('history'), isFalse);
    expect(File(waiting.path).existsSync(), isFalse);
    expect(queue.uploads.value, isEmpty);
    expect(changes.changes.value, isEmpty);
    expect(Directory('${root.path}/changes').listSync(), isEmpty);
  });
}
