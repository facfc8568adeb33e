import 'dart:io';

import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/twin/twin.dart';
import 'package:image_classifier/data/twin/twin_store.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/sha256.dart';
import 'package:test/test.dart';

import '../../../testing/account_server.dart';
import '../../../testing/examples.dart';
import '../../../testing/fake_server.dart';
import '../../../testing/fake_twin_engine.dart';
import '../../../testing/memory_token_store.dart';
import '../../../testing/results.dart';
import '../../../testing/unexpected.dart';

void main() {
  late FakeServer server;
  late Directory root;
  late SessionRepository sessions;
  late FakeTwinEngine engine;
  late Twin twin;

  Twin open() => Twin(
        sessions: sessions,
        store: TwinStore(AppFolder(root)),
        decoder: FakePhotoDecoder(),
        engine: engine,
      );

  /// Serves [file] as the model's version [version].
  void serve(String version, List<int> file, {String? sha256, int? bytes}) {
    server
      ..onJson('/api/v1/models/active/on-device/', {
        'name': 'lite0',
        'version': version,
        'model': {
          'url': '${server.address}model-$version',
          'bytes': bytes ?? file.length,
          'sha256': sha256 ?? Sha256.hexOf(file),
          'precision': 'float16',
        },
        'labels_url': '${server.address}api/v1/labels/',
        'preprocessing': {
          'width_px': 2,
          'height_px': 2,
          'resize': 'fit',
          'scaling': 'unit',
        },
        'parity': null,
      })
      ..on('/model-$version', (response, _) => response.add(file))
      ..onJson('/api/v1/labels/', {
        'results': [
          for (final label in ['koala', 'tabby', 'orange'])
            {'label': label, 'wnid': 'n-$label'},
        ],
      });
  }

  QueuedUpload photo({Prediction? prediction}) => QueuedUpload(
        id: 'photo',
        path: '${root.path}/photo',
        sha256: '',
        bytes: 1,
        createdAt: DateTime.utc(2026),
        owner: exampleSession().owner,
        state:
            prediction == null ? UploadState.waiting : UploadState.done,
        prediction: prediction,
      );

  Prediction answered(String label, {String version = 'one'}) =>
      Prediction.fromJson({
        ...predictionJson(label: label),
        'model': {'name': 'lite0', 'version': version},
      });

  setUp(() async {
    server = await startAccountServer();
    root = temporaryFolder();
    sessions = SessionRepository(MemoryTokenStore());
    valueOf(await sessions.useServer('${server.address}'));
    valueOf(await sessions.signIn('ada', 'password'));
    engine = FakeTwinEngine();
    twin = open();
  });
  tearDown(() async {
    await server.stop();
    root.deleteSync(recursive: true);
  });

  int downloads() => server.requests
      .where((request) => request.uri.path.startsWith('/model-'))
      .length;

  test('a version is fetched once, over restarts', () async {
    serve('one', [1, 2, 3]);

    valueOf(await twin.update());
    valueOf(await twin.update());
    twin = open();
    final installed = valueOf(await twin.update());

    expect(downloads(), 1);
    expect(File(installed.path).readAsBytesSync(), [1, 2, 3]);
    expect(installed.labels.first.label, 'koala');
  });

  test('another version takes its place, and the old one goes', () async {
    serve('one', [1, 2, 3]);
    final old = valueOf(await twin.update());
    serve('two', [4, 5, 6]);

    final next = valueOf(await twin.update());

    expect(File(next.path).readAsBytesSync(), [4, 5, 6]);
    expect(File(old.path).existsSync(), isFalse);
  });

  for (final (what, sha256, bytes) in [
    ('of another hash', '0' * 64, null),
    ('of another size', null, 99),
  ]) {
    test('a file $what is refused, and the old one stays', () async {
      serve('one', [1, 2, 3]);
      valueOf(await twin.update());
      serve('two', [4, 5, 6], sha256: sha256, bytes: bytes);

      final result = await twin.update();

      expect(failureIn(result).code, ErrorCode.malformedAnswer);
      expect((await twin.classify(File('any')))!.model.version, 'one');
      twin = open();
      expect((await twin.classify(File('any')))!.model.version, 'one');
    });
  }

  test('a download that breaks leaves the old one', () async {
    serve('one', [1, 2, 3]);
    valueOf(await twin.update());
    serve('two', [4, 5, 6]);
    server.on('/model-two', (response, _) async {
      (await response.detachSocket(writeHeaders: false)).destroy();
    });

    expect(failureIn(await twin.update()).code, ErrorCode.offline);

    twin = open();
    expect((await twin.classify(File('any')))!.model.version, 'one');
  });

  test('a file that was cut on the phone is fetched anew', () async {
    serve('one', [1, 2, 3]);
    final installed = valueOf(await twin.update());
    File(installed.path).writeAsBytesSync([1]);
    twin = open();
    expect(await twin.classify(File('any')), isNull);

    valueOf(await twin.update());

    expect(downloads(), 2);
    expect(await twin.classify(File('any')), isNotNull);
  });

  test('a server without one is told', () async {
    server.onJson(
      '/api/v1/models/active/on-device/',
      errorJson('no_on_device_model'),
      status: 404,
    );

    expect(
      failureIn(await twin.update()).code,
      ErrorCode.noOnDeviceModel,
    );
  });

  test('a photo that waits has an answer, the best label first', () async {
    serve('one', [1, 2, 3]);
    valueOf(await twin.update());

    await twin.follow([photo()]);

    final seen = twin.answers.value['photo']!;
    expect([for (final each in seen.top) each.label],
        ['tabby', 'orange', 'koala']);
    expect(seen.top.first.wnid, 'n-tabby');
    expect(engine.inputs.single.length, 2 * 2 * 3);
  });

  test("the server's answer takes its place, and agreement is counted",
      () async {
    serve('one', [1, 2, 3]);
    valueOf(await twin.update());

    for (final label in ['tabby', 'koala', 'tabby']) {
      await twin.follow([photo()]);
      await twin.follow([photo(prediction: answered(label))]);
    }

    expect(twin.answers.value, isEmpty);
    expect(twin.agreement.value.same, 2);
    expect(twin.agreement.value.different, 1);
  });

  test('answers of another version are not compared', () async {
    serve('one', [1, 2, 3]);
    valueOf(await twin.update());
    await twin.follow([photo()]);

    await twin.follow([photo(prediction: answered('koala', version: 'two'))]);

    expect(twin.agreement.value.all, 0);
  });

  test('an engine that throws anything keeps nothing from going on', () async {
    serve('one', [1, 2, 3]);
    valueOf(await twin.update());
    for (final thrown in whateverIsThrown.values) {
      final heard = hearUnexpected();
      engine.thrown = thrown;

      await twin.follow([photo()]);

      expect(heard, [thrown]);
      expect(twin.answers.value, isEmpty);
    }
  });
}
