import 'dart:io';

import 'patches.dart';

export 'patches.dart' show PlatformsException;

/// As Flutter and pubspec.yaml name this app.
const String projectName = 'image_classifier';

/// Whether [text] is a domain backwards, as `org.example`.
bool isOrganisation(String text) =>
    RegExp(r'^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$').hasMatch(text);

/// Makes the folders `android` and `ios` of [app]: those that `flutter create`
/// makes today, with the files of [app]'s `platforms/` laid over them.
///
/// All is made beside the app first; a failure is a [PlatformsException] and
/// leaves what was there as it was.
Future<void> createPlatforms({
  required Directory app,
  required String org,
  String flutter = 'flutter',
}) async {
  final fresh = Directory('${app.path}/.platforms.new');
  if (fresh.existsSync()) fresh.deleteSync(recursive: true);
  try {
    await _flutterCreate(flutter, fresh, org);
    for (final platform in _platforms) {
      _layOver(
        Directory('${app.path}/platforms/$platform'),
        Directory('${fresh.path}/$platform'),
      );
    }
    patchAndroid(Directory('${fresh.path}/android'));
    patchIos(Directory('${fresh.path}/ios'));
    for (final platform in _platforms) {
      _swap(app, fresh, platform);
    }
  } on FileSystemException catch (error) {
    throw PlatformsException('$error');
  } finally {
    if (fresh.existsSync()) fresh.deleteSync(recursive: true);
  }
}

Future<void> _flutterCreate(String flutter, Directory to, String org) async {
  final ProcessResult result;
  try {
    result = await Process.run(
      flutter,
      [
        'create',
        '--no-pub',
        '--platforms=${_platforms.join(',')}',
        '--org=$org',
        '--project-name=$projectName',
        to.path,
      ],
      runInShell: Platform.isWindows,
    );
  } on ProcessException {
    throw const PlatformsException(
      'There is no "flutter" to run: install Flutter and put it in the PATH.',
    );
  }
  if (result.exitCode == 0) return;
  throw PlatformsException(
    'flutter create failed:\n${result.stdout}${result.stderr}',
  );
}

/// Copies what is in [from] over [to]; a file `NAME.append` waits for its
/// patch.
void _layOver(Directory from, Directory to) {
  for (final entry in from.listSync(recursive: true)) {
    if (entry is! File) continue;
    final name = entry.path.substring(from.path.length);
    final target = File('${to.path}$name');
    target.parent.createSync(recursive: true);
    entry.copySync(target.path);
  }
}

/// Puts a new folder in place; what the user keeps in the old one, the keys
/// for signing, comes along.
void _swap(Directory app, Directory fresh, String platform) {
  final old = Directory('${app.path}/$platform');
  final before = Directory('${app.path}/$platform.before');
  if (old.existsSync()) {
    for (final name in _usersOwn) {
      final own = File('${old.path}/$name');
      if (own.existsSync()) own.copySync('${fresh.path}/$platform/$name');
    }
    if (before.existsSync()) before.deleteSync(recursive: true);
    old.renameSync(before.path);
  }
  Directory('${fresh.path}/$platform').renameSync(old.path);
}

const List<String> _platforms = ['android', 'ios'];
const List<String> _usersOwn = ['key.properties', 'local.properties'];
