import 'dart:io';

import 'package:test/test.dart';

void main() {
  List<File> dartFiles(List<String> folders) => [
        for (final folder in folders)
          if (Directory(folder).existsSync())
            for (final file in Directory(folder).listSync(recursive: true))
              if (file is File && file.path.endsWith('.dart')) file,
      ];

  const pure = ['lib/domain', 'lib/data', 'lib/utils'];

  test('what is not drawing imports neither Flutter nor a plugin', () {
    final import = RegExp(
      r'''^(?:import|export) ['"](?:package:(?!image_classifier/)|dart:ui)''',
      multiLine: true,
    );
    final files = dartFiles(pure)..add(File('lib/config.dart'));

    expect(files.length, greaterThan(30));
    for (final file in files) {
      expect(import.hasMatch(file.readAsStringSync()), isFalse,
          reason: file.path);
    }
  });

  test('what is not drawing does not know the screens', () {
    final upwards = RegExp(
      r'''^(?:import|export) ['"].*(?:/|\.\.)(?:ui|platform|l10n)/''',
      multiLine: true,
    );

    for (final file in dartFiles(pure)) {
      expect(upwards.hasMatch(file.readAsStringSync()), isFalse,
          reason: file.path);
    }
  });

  test('values know nothing of how they are fetched or kept', () {
    final fetching = RegExp(
      r'''^import ['"].*data/(?!api/error_code\.dart)''',
      multiLine: true,
    );

    for (final file in dartFiles(['lib/domain'])) {
      expect(fetching.hasMatch(file.readAsStringSync()), isFalse,
          reason: file.path);
    }
  });

  test('only the API layer and what finds files talk to the system', () {
    const allowed = {
      'lib/data/server_address.dart',
      'lib/data/photo_files.dart',
      'lib/data/photo_intake.dart',
      'lib/data/session_repository.dart',
      'lib/data/upload_queue.dart',
      'lib/data/twin/twin.dart',
      'lib/data/twin/twin_engine.dart',
      'lib/data/twin/twin_store.dart',
      'lib/data/upload/photo_sender.dart',
      'lib/data/upload/upload_store.dart',
      'lib/data/storage/app_folder.dart',
      'lib/data/storage/file_system.dart',
    };

    for (final file in dartFiles(pure)) {
      if (file.path.startsWith('lib/data/api/')) continue;
      if (allowed.contains(file.path)) continue;
      expect(file.readAsStringSync(), isNot(contains("import 'dart:io'")),
          reason: file.path);
    }
  });

  test('each screen is among those that are laid out and read out in tests',
      () {
    final shown = File('testing/ui/screens.dart').readAsStringSync();
    final isScreen = RegExp(r'_(?:screen|dialog|sheet)\.dart$');

    for (final file in dartFiles(['lib/ui'])) {
      if (!isScreen.hasMatch(file.path)) continue;
      expect(shown, contains(file.path.substring('lib/'.length)),
          reason: file.path);
    }
  });

  test('no file that a person wrote is longer than 250 lines', () {
    for (final file in dartFiles(['lib', 'test', 'testing', 'tool'])) {
      if (file.path.contains('/l10n/generated/')) continue;
      expect(file.readAsLinesSync().length, lessThanOrEqualTo(250),
          reason: file.path);
    }
  });
}
