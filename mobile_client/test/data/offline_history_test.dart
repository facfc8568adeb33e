import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/history_store.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/faulty_file_system.dart';
import '../../testing/history_rig.dart';
import '../../testing/results.dart';

void main() {
  late HistoryRig rig;
  setUp(() async => rig = await HistoryRig.start());
  tearDown(() => rig.end());

  group('without a network', () {
    test('the pages seen last are there, and when they were saved', () async {
      rig.serve(pages: 3);
      await rig.more(await rig.first());
      final savedAt = rig.clock.now();
      await rig.clock.advance(const Duration(hours: 3));
      await rig.server.stop();

      final page = await rig.first();

      expect(idsOf(page), ['id-0-a', 'id-0-b', 'id-1-a', 'id-1-b']);
      expect(page.isOffline, isTrue);
      expect(page.savedAt, savedAt);
      expect(page.reason, isA<OfflineException>());
      expect(page.next, isNull);
    });

    test('the copy goes on from the page where the network went', () async {
      rig.serve(pages: 3);
      final newest = await rig.first();
      await rig.more(newest);
      await rig.server.stop();

      final older = await rig.more(newest);

      expect(idsOf(older), ['id-1-a', 'id-1-b']);
      expect(older.isOffline, isTrue);
    });

    test('a page that was never seen is a failure', () async {
      rig.serve(pages: 3);
      final older = await rig.more(await rig.first());
      await rig.server.stop();

      expect(
        failureIn(await rig.history.nextPage(older.next!, everything)).code,
        ErrorCode.offline,
      );
    });

    test('the copy is filtered on the phone', () async {
      rig.serve();
      await rig.first();
      await rig.server.stop();

      final found = await rig.first(const HistoryFilter(search: 'retr'));
      final none = await rig.first(const HistoryFilter(label: 'orange'));

      expect(found.predictions, hasLength(2));
      expect(none.predictions, isEmpty);
      expect(none.isOffline, isTrue);
    });

    test('nothing seen is nothing kept', () async {
      await rig.server.stop();

      final nothing = await rig.history.firstPage(everything);

      expect(failureIn(nothing).code, ErrorCode.offline);
    });

    test('one prediction is found in the copy', () async {
      rig.serve();
      await rig.first();
      await rig.server.stop();

      expect(valueOf(await rig.history.get('id-0-b')).id, 'id-0-b');
      expect(
        failureIn(await rig.history.get('id-9-x')).code,
        ErrorCode.offline,
      );
    });

    test('the labels are those in the copy', () async {
      rig.serve();
      await rig.first();
      await rig.server.stop();

      expect(valueOf(await rig.history.labels()), ['golden_retriever']);
    });
  });

  test('filtered pages do not replace the copy', () async {
    rig.serve();
    await rig.first();
    rig.serve(label: 'orange');
    await rig.first(const HistoryFilter(label: 'orange'));
    await rig.server.stop();

    expect((await rig.first()).predictions.first.label, 'golden_retriever');
  });

  test('newer pages do not run into older ones that do not follow', () async {
    rig.serve(pages: 3);
    await rig.more(await rig.first());
    rig.server.onJson(
      predictionsPath,
      pageJson(['new'], next: rig.address(7), server: '${rig.server.address}'),
    );
    await rig.first();
    await rig.server.stop();

    expect(idsOf(await rig.first()), ['new']);
  });

  test('one account does not see the copy of another', () async {
    rig.serve();
    await rig.first();
    rig.server.onJson('/api/v1/auth/login/', issuedTokenJson(userId: 8));
    await rig.sessions.signIn('grace', 'password');
    await rig.server.stop();

    final nothing = await rig.history.firstPage(everything);

    expect(failureIn(nothing).code, ErrorCode.offline);
  });

  test('nothing of the copy is left when it is wiped', () async {
    rig.serve();
    await rig.first();

    await rig.copy.wipe();

    expect(Directory('${rig.root.path}/history').existsSync(), isFalse);
  });

  test('a phone that is full shows the history without keeping it', () async {
    final full = AppFolder(rig.root, files: FullFileSystem(failAt: 1));
    rig.copy = HistoryStore(full);
    rig.serve();

    expect((await rig.first()).predictions, hasLength(2));
  });

  test('a copy that another version wrote is ignored', () async {
    rig.serve();
    await rig.first();
    for (final entry in rig.root.listSync(recursive: true)) {
      if (entry is File) entry.writeAsStringSync('{"results": 7}');
    }
    await rig.server.stop();

    final nothing = await rig.history.firstPage(everything);

    expect(failureIn(nothing).code, ErrorCode.offline);
  });
}
