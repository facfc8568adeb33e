import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/faulty_file_system.dart';

void main() {
  late Directory root;
  late AppFolder folder;
  setUp(() {
    root = temporaryFolder();
    folder = AppFolder(root);
  });
  tearDown(() => root.deleteSync(recursive: true));

  test('what is written is read', () async {
    await folder.writeJson('a/b/c.json', {'ä': 1});

    expect(await folder.readJson('a/b/c.json'), {'ä': 1});
    expect(await folder.list('a/b'), ['c.json']);
  });

  test('what is not there is null, nothing, or deleted already', () async {
    expect(await folder.readJson('none.json'), isNull);
    expect(await folder.readBytes('none'), isNull);
    expect(await folder.length('none'), isNull);
    expect(await folder.list('none'), isEmpty);
    await folder.delete('none');
    await folder.deleteFolder('none');
  });

  test('a file keeps its content until the new one is whole', () async {
    await folder.writeBytes('a', [1, 2, 3]);

    await expectLater(
      folder.write('a', Stream.error(const PhoneStorageException.photoGone())),
      throwsA(isA<PhoneStorageException>()),
    );

    expect(await folder.readBytes('a'), [1, 2, 3]);
    expect(await folder.list(''), ['a']);
  });

  test('a full phone is said to be full', () async {
    folder = AppFolder(root, files: FullFileSystem(failAt: 1));

    await expectLater(
      folder.writeBytes('a', [1]),
      throwsA(
        isA<PhoneStorageException>()
            .having((e) => e.code.name, 'code', 'noRoomOnPhone'),
      ),
    );
  });

  test('what is no JSON counts as not there', () async {
    await folder.writeBytes('a.json', [0x7b]);

    expect(await folder.readJson('a.json'), isNull);
  });

  group('the settings', () {
    test('are kept over a restart', () async {
      final store = SettingsStore(folder);
      await store.load();
      expect(store.sendOriginals, isFalse);
      await store.setSendOriginals(true);
      await store.setTheme(ThemeChoice.dark);

      final later = SettingsStore(folder);
      await later.load();

      expect(later.sendOriginals, isTrue);
      expect(later.theme, ThemeChoice.dark);
    });

    test('that another version wrote are the usual ones', () async {
      await folder.writeJson('settings.json', {
        'theme': 'neon',
        'send_originals': 'perhaps',
      });
      final store = SettingsStore(folder);

      await store.load();

      expect(store.sendOriginals, isFalse);
      expect(store.theme, ThemeChoice.system);
    });

    test('tell of a change', () async {
      final store = SettingsStore(folder);
      var changes = 0;
      store.settings.addListener(() => changes++);

      await store.setTheme(ThemeChoice.light);

      expect(changes, 1);
    });
  });
}
