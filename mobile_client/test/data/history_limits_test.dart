import 'dart:io';
import 'dart:typed_data';

import 'package:image_classifier/config.dart' as config;
import 'package:test/test.dart';

import '../../testing/history_rig.dart';

void main() {
  late HistoryRig rig;
  setUp(() async => rig = await HistoryRig.start());
  tearDown(() => rig.end());

  test('no more pages are kept than the limit', () async {
    rig.serve(pages: config.offlinePagesKept + 3);
    var page = await rig.first();
    while (page.next != null) {
      page = await rig.more(page);
    }
    await rig.server.stop();

    expect(
      (await rig.first()).predictions,
      hasLength(2 * config.offlinePagesKept),
    );
  });

  test('no more thumbnails are kept than the limit', () async {
    final bytes = Uint8List.fromList([1]);
    for (var i = 0; i < config.offlineThumbnailsKept + 5; i++) {
      await rig.copy.saveThumbnail('ada', 'id-$i', bytes);
    }

    final folder = Directory('${rig.root.path}/history');
    expect(
      folder.listSync(recursive: true).whereType<File>(),
      hasLength(config.offlineThumbnailsKept),
    );
  }, timeout: const Timeout(Duration(minutes: 2)));
}
