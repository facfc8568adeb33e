import 'dart:io';

import 'package:image_classifier/config.dart' as config;
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/photo_intake.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:test/test.dart';

import '../../testing/queue_rig.dart';
import '../../testing/unexpected.dart';

void main() {
  late QueueRig rig;
  late SettingsStore settings;
  late List<String> asked;
  late ScalePhoto scale;
  setUp(() async {
    rig = await QueueRig.start();
    settings = SettingsStore(AppFolder(rig.root));
    asked = [];
    scale = (photo, {required longestSide}) async {
      asked.add('${photo.readAsStringSync()} to $longestSide');
      return File('${rig.root.path}/scaled')..writeAsStringSync('scaled');
    };
  });
  tearDown(() => rig.end());

  File photo(String content) =>
      File('${rig.root.path}/$content')..writeAsStringSync(content);

  PhotoIntake intake() => PhotoIntake(
        queue: rig.queue,
        settings: settings,
        scale: (photo, {required longestSide}) =>
            scale(photo, longestSide: longestSide),
      );

  /// What the queue has of [files] in the end.
  Future<List<String>> taken(
    List<File> files, {
    bool areScaled = false,
  }) async {
    final contents = <String>[];
    final taking = intake()..put(files, areScaled: areScaled);
    await taking.keep(
      onKept: (kept) => contents.add(File(kept.path).readAsStringSync()),
    );
    expect(taking.next, isNull);
    return contents;
  }

  test('a photo of another app is sent as small as one that is picked',
      () async {
    expect(await taken([photo('large')]), ['scaled']);
    expect(asked, ['large to ${config.uploadMaxSidePx}']);
  });

  test('a photo that was picked is not scaled once more', () async {
    expect(await taken([photo('picked')], areScaled: true), ['picked']);
    expect(asked, isEmpty);
  });

  test('an original is sent where originals are chosen', () async {
    await settings.setSendOriginals(true);

    expect(await taken([photo('large')]), ['large']);
    expect(asked, isEmpty);
  });

  test('what the phone cannot decode is sent as it is', () async {
    scale = (photo, {required longestSide}) =>
        throw const FormatException('not a photo');

    expect(await taken([photo('heic')]), ['heic']);
  });

  test('a fault while a photo is scaled is told, and loses no photo', () async {
    final told = hearUnexpected();
    scale = (photo, {required longestSide}) => throw StateError('a bug');

    expect(await taken([photo('large')]), ['large']);
    expect(told, hasLength(1));
  });

  test('a photo that is gone does not keep the others back', () async {
    scale = (photo, {required longestSide}) async => photo;
    final taking = intake()
      ..put([File('/no/such'), photo('there')], areScaled: false);
    final kept = <String>[];

    await expectLater(
      taking.keep(
        onKept: (each) => kept.add(File(each.path).readAsStringSync()),
      ),
      throwsA(isA<PhoneStorageException>()),
    );

    expect(kept, ['there']);
    expect(taking.next, isNull);
  });
}
