import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/domain/history_filter.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/history_rig.dart';
import '../../testing/results.dart';

void main() {
  late HistoryRig rig;
  setUp(() async => rig = await HistoryRig.start());
  tearDown(() => rig.end());

  group('with a network', () {
    test('pages come from the server', () async {
      rig.serve();

      final newest = await rig.first();
      final older = await rig.more(newest);

      expect(idsOf(newest), ['id-0-a', 'id-0-b']);
      expect(idsOf(older), ['id-1-a', 'id-1-b']);
      expect(older.next, isNull);
      expect(newest.isOffline, isFalse);
    });

    test('the filter goes to the server', () async {
      rig.serve();

      await rig.first(const HistoryFilter(label: 'orange'));

      expect(
        rig.server.requests.last.uri.queryParameters,
        {'label': 'orange'},
      );
    });

    test('a thumbnail is fetched once', () async {
      rig.server.on(
        '/api/v1/predictions/x/thumbnail/',
        (response, _) => response.add([1, 2]),
      );
      final prediction = Prediction.fromJson(
        predictionJson(id: 'x', server: '${rig.server.address}'),
      );

      final one = valueOf(await rig.history.thumbnail(prediction));
      await rig.server.stop();
      final two = valueOf(await rig.history.thumbnail(prediction));

      expect(one, [1, 2]);
      expect(two, [1, 2]);
    });

    test('what is deleted is not in the copy either', () async {
      rig.serve();
      final page = await rig.first();

      await rig.copy.forget(rig.owner, page.predictions.first.id);
      await rig.server.stop();

      expect(idsOf(await rig.first()), ['id-0-b']);
    });

    test('what was classified again is new in the copy too', () async {
      rig.serve();
      final page = await rig.first();
      rig.server.onJson(
        '${predictionsPath}id-0-a/classify/',
        predictionJson(id: 'id-0-a', label: 'tabby'),
      );

      valueOf(await rig.history.classifyAgain(page.predictions.first));
      await rig.server.stop();

      expect((await rig.first()).predictions.first.label, 'tabby');
    });
  });

  test('a server in trouble shows the copy too, with the reason', () async {
    rig.serve();
    await rig.first();
    rig.server.onJson(predictionsPath, errorJson('busy'), status: 503);

    final page = await rig.first();

    expect(page.isOffline, isTrue);
    expect(page.reason!.code, ErrorCode.overloaded);
  });

  test('a refused token does not show the copy', () async {
    rig.serve();
    await rig.first();
    rig.server.onJson(
      predictionsPath,
      errorJson('authentication_failed'),
      status: 401,
    );

    final refused = await rig.history.firstPage(everything);

    expect(failureIn(refused).code, ErrorCode.unauthorised);
  });
}
