import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'package:image_classifier/config.dart' as config;
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/history_store.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/fake_clock.dart';
import '../../testing/fake_server.dart';
import '../../testing/faulty_file_system.dart';
import '../../testing/memory_token_store.dart';
import '../../testing/results.dart';

const _path = '/api/v1/predictions/';
const _all = HistoryFilter();

void main() {
  late FakeServer server;
  late Directory root;
  late SessionRepository sessions;
  late HistoryStore copy;
  late FakeClock clock;
  late PredictionRepository history;

  setUp(() async {
    server = await FakeServer.start();
    root = temporaryFolder();
    clock = FakeClock();
    copy = HistoryStore(AppFolder(root));
    server
      ..onJson('/livez', {'status': 'ok'})
      ..onJson('/readyz', {'status': 'ok'})
      ..onJson('/api/v1/auth/login/', issuedTokenJson());
    sessions = SessionRepository(MemoryTokenStore());
    await sessions.useServer('${server.address}');
    await sessions.signIn('ada', 'password');
    history = PredictionRepository(sessions, copy, clock: clock);
  });
  tearDown(() async {
    await server.stop();
    root.deleteSync(recursive: true);
  });

  String address(int page) =>
      '${server.address}api/v1/predictions/?cursor=$page';

  /// Pages of two predictions each, as a server cuts them.
  void serve({int pages = 2, String label = 'golden_retriever'}) {
    server.on(_path, (response, request) {
      final i = int.parse(request.uri.queryParameters['cursor'] ?? '0');
      response.write(
        jsonEncode(
          pageJson(
            ['id-$i-a', 'id-$i-b'],
            next: i + 1 < pages ? address(i + 1) : null,
            server: '${server.address}',
            label: label,
          ),
        ),
      );
    });
  }

  Future<HistoryPage> first([HistoryFilter filter = _all]) async =>
      valueOf(await history.firstPage(filter));

  Future<HistoryPage> more(HistoryPage page) async =>
      valueOf(await history.nextPage(page.next!, _all));

  ErrorCode codeOf<T>(Result<T> result) => failureIn(result).code;

  List<String> idsOf(HistoryPage page) =>
      [for (final each in page.predictions) each.id];

  group('with a network', () {
    test('pages come from the server', () async {
      serve();

      final newest = await first();
      final older = await more(newest);

      expect(idsOf(newest), ['id-0-a', 'id-0-b']);
      expect(idsOf(older), ['id-1-a', 'id-1-b']);
      expect(older.next, isNull);
      expect(newest.isOffline, isFalse);
    });

    test('the filter goes to the server', () async {
      serve();

      await first(const HistoryFilter(label: 'orange'));

      expect(
        server.requests.last.uri.queryParameters,
        {'label': 'orange'},
      );
    });

    test('a thumbnail is fetched once', () async {
      server.on(
        '/api/v1/predictions/x/thumbnail/',
        (response, _) => response.add([1, 2]),
      );
      final prediction = Prediction.fromJson(
        predictionJson(id: 'x', server: '${server.address}'),
      );

      final one = valueOf(await history.thumbnail(prediction));
      await server.stop();
      final two = valueOf(await history.thumbnail(prediction));

      expect(one, [1, 2]);
      expect(two, [1, 2]);
    });

    test('what is deleted is not in the copy either', () async {
      serve();
      final page = await first();
      server.onJson('${_path}id-0-a/', null, status: 204);

      valueOf(await history.delete(page.predictions.first));
      await server.stop();

      expect(idsOf(await first()), ['id-0-b']);
    });

    test('what was deleted before counts as deleted', () async {
      server.onJson('${_path}x/', errorJson('not_found'), status: 404);

      final result = await history.delete(examplePrediction(id: 'x'));

      expect(result, isA<Ok<void>>());
    });
  });

  group('without a network', () {
    test('the pages seen last are there, and when they were saved', () async {
      serve(pages: 3);
      await more(await first());
      final savedAt = clock.now();
      await clock.advance(const Duration(hours: 3));
      await server.stop();

      final page = await first();

      expect(idsOf(page), ['id-0-a', 'id-0-b', 'id-1-a', 'id-1-b']);
      expect(page.isOffline, isTrue);
      expect(page.savedAt, savedAt);
      expect(page.reason, isA<OfflineException>());
      expect(page.next, isNull);
    });

    test('the copy goes on from the page where the network went', () async {
      serve(pages: 3);
      final newest = await first();
      await more(newest);
      await server.stop();

      final older = await more(newest);

      expect(idsOf(older), ['id-1-a', 'id-1-b']);
      expect(older.isOffline, isTrue);
    });

    test('a page that was never seen is a failure', () async {
      serve(pages: 3);
      final older = await more(await first());
      await server.stop();

      expect(
        codeOf(await history.nextPage(older.next!, _all)),
        ErrorCode.offline,
      );
    });

    test('the copy is filtered on the phone', () async {
      serve();
      await first();
      await server.stop();

      final found = await first(const HistoryFilter(search: 'retr'));
      final none = await first(const HistoryFilter(label: 'orange'));

      expect(found.predictions, hasLength(2));
      expect(none.predictions, isEmpty);
      expect(none.isOffline, isTrue);
    });

    test('nothing seen is nothing kept', () async {
      await server.stop();

      expect(codeOf(await history.firstPage(_all)), ErrorCode.offline);
    });

    test('one prediction is found in the copy', () async {
      serve();
      await first();
      await server.stop();

      expect(valueOf(await history.get('id-0-b')).id, 'id-0-b');
      expect(codeOf(await history.get('id-9-x')), ErrorCode.offline);
    });

    test('the labels are those in the copy', () async {
      serve();
      await first();
      await server.stop();

      expect(valueOf(await history.labels()), ['golden_retriever']);
    });
  });

  test('a server in trouble shows the copy too, with the reason', () async {
    serve();
    await first();
    server.onJson(_path, errorJson('busy'), status: 503);

    final page = await first();

    expect(page.isOffline, isTrue);
    expect(page.reason!.code, ErrorCode.overloaded);
  });

  test('a refused token does not show the copy', () async {
    serve();
    await first();
    server.onJson(_path, errorJson('authentication_failed'), status: 401);

    expect(codeOf(await history.firstPage(_all)), ErrorCode.unauthorised);
  });

  test('filtered pages do not replace the copy', () async {
    serve();
    await first();
    serve(label: 'orange');
    await first(const HistoryFilter(label: 'orange'));
    await server.stop();

    expect((await first()).predictions.first.label, 'golden_retriever');
  });

  test('newer pages do not run into older ones that do not follow', () async {
    serve(pages: 3);
    await more(await first());
    server.onJson(
      _path,
      pageJson(['new'], next: '${address(7)}', server: '${server.address}'),
    );
    await first();
    await server.stop();

    expect(idsOf(await first()), ['new']);
  });

  test('no more pages are kept than the limit', () async {
    serve(pages: config.offlinePagesKept + 3);
    var page = await first();
    while (page.next != null) {
      page = await more(page);
    }
    await server.stop();

    expect(
      (await first()).predictions,
      hasLength(2 * config.offlinePagesKept),
    );
  });

  test('no more thumbnails are kept than the limit', () async {
    final bytes = Uint8List.fromList([1]);
    for (var i = 0; i < config.offlineThumbnailsKept + 5; i++) {
      await copy.saveThumbnail('ada', 'id-$i', bytes);
    }

    final folder = Directory('${root.path}/history');
    expect(
      folder.listSync(recursive: true).whereType<File>(),
      hasLength(config.offlineThumbnailsKept),
    );
  });

  test('one account does not see the copy of another', () async {
    serve();
    await first();
    server.onJson('/api/v1/auth/login/', issuedTokenJson(userId: 8));
    await sessions.signIn('grace', 'password');
    await server.stop();

    expect(codeOf(await history.firstPage(_all)), ErrorCode.offline);
  });

  test('nothing of the copy is left when it is wiped', () async {
    serve();
    await first();

    await copy.wipe();

    expect(Directory('${root.path}/history').existsSync(), isFalse);
  });

  test('a phone that is full shows the history without keeping it', () async {
    copy = HistoryStore(AppFolder(root, files: FullFileSystem(failAt: 1)));
    history = PredictionRepository(sessions, copy, clock: clock);
    serve();

    expect((await first()).predictions, hasLength(2));
  });

  test('a copy that another version wrote is ignored', () async {
    serve();
    await first();
    for (final entry in root.listSync(recursive: true)) {
      if (entry is File) entry.writeAsStringSync('{"results": 7}');
    }
    await server.stop();

    expect(codeOf(await history.firstPage(_all)), ErrorCode.offline);
  });
}
