import 'dart:convert';
import 'dart:io';

import 'package:image_classifier/data/history_store.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/domain/history_filter.dart';

import 'examples.dart';
import 'fake_clock.dart';
import 'fake_server.dart';
import 'memory_token_store.dart';
import 'results.dart';

/// Where a server has its predictions.
const String predictionsPath = '/api/v1/predictions/';

/// The filter that lets everything through.
const HistoryFilter everything = HistoryFilter();

/// The history of somebody who is signed in, on a real folder.
class HistoryRig {
  HistoryRig._(this.server);

  static Future<HistoryRig> start() async {
    final rig = HistoryRig._(await FakeServer.start());
    rig.server
      ..onJson('/livez', {'status': 'ok'})
      ..onJson('/readyz', {'status': 'ok'})
      ..onJson('/api/v1/auth/login/', issuedTokenJson());
    await rig.sessions.useServer('${rig.server.address}');
    await rig.sessions.signIn('ada', 'password');
    return rig;
  }

  final FakeServer server;
  final Directory root = temporaryFolder();
  final FakeClock clock = FakeClock();
  final SessionRepository sessions = SessionRepository(MemoryTokenStore());
  late HistoryStore copy = HistoryStore(AppFolder(root));
  late PredictionRepository history =
      PredictionRepository(sessions, copy, clock: clock);

  /// Whose history it is.
  String get owner => sessions.session.value!.owner;

  Future<void> end() async {
    await server.stop();
    root.deleteSync(recursive: true);
  }

  /// Where the page number [page] is.
  String address(int page) =>
      '${server.address}api/v1/predictions/?cursor=$page';

  /// Pages of two predictions each, as a server cuts them.
  void serve({int pages = 2, String label = 'golden_retriever'}) {
    server.on(predictionsPath, (response, request) {
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

  Future<HistoryPage> first([HistoryFilter filter = everything]) async =>
      valueOf(await history.firstPage(filter));

  Future<HistoryPage> more(HistoryPage page) async =>
      valueOf(await history.nextPage(page.next!, everything));
}

List<String> idsOf(HistoryPage page) =>
    [for (final each in page.predictions) each.id];
