import 'dart:io';

/// Why the platforms' folders could not be made.
final class PlatformsException implements Exception {
  const PlatformsException(this.message);

  final String message;
}

/// Adds to the Gradle files and the activity what plugins of this app need.
void patchAndroid(Directory android) {
  _append(File('${android.path}/app/build.gradle.kts'));
  // The fingerprint's dialog belongs to a fragment.
  final activity = _only(android, 'MainActivity.kt');
  _replace(activity, 'FlutterActivity', 'FlutterFragmentActivity');
  _replace(activity, _activity, '$_activity $_takesOnce');
}

const String _activity = 'class MainActivity : FlutterFragmentActivity()';

const String _takesOnce = '''
{
    // What another app handed over is taken once, not again each time that
    // the phone brings back an app that it had ended.
    override fun onCreate(savedInstanceState: android.os.Bundle?) {
        val fromHistory = android.content.Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY
        if (savedInstanceState != null || (intent.flags and fromHistory) != 0) {
            intent = android.content.Intent(android.content.Intent.ACTION_MAIN)
        }
        super.onCreate(savedInstanceState)
    }
}''';

/// Adds this app's keys to Info.plist and its background work to the app's
/// delegate.
void patchIos(Directory ios) {
  final plist = File('${ios.path}/Runner/Info.plist');
  final added = File('${plist.path}.append');
  _write(plist, withKeys(_read(plist), _read(added)));
  added.deleteSync();
  final delegate = File('${ios.path}/Runner/AppDelegate.swift');
  _replace(delegate, 'import UIKit', 'import UIKit\nimport workmanager_apple');
  _replace(
    delegate,
    '    return super.application(',
    '    WorkmanagerPlugin.registerLaunchHandlers()\n'
        '    WorkmanagerPlugin.setPluginRegistrantCallback { registry in\n'
        '      GeneratedPluginRegistrant.register(with: registry)\n'
        '    }\n'
        '    return super.application(',
  );
  final project = File('${ios.path}/Runner.xcodeproj/project.pbxproj');
  _write(project, withTarget(_read(project), const (14, 0)));
}

/// The property list [plist] with the top-level [keys], which are one in a
/// line each with their value after it; a key that has a text already gets
/// the new one.
String withKeys(String plist, String keys) {
  var without = plist;
  for (final match in RegExp(r'^\t<key>(\w+)</key>$', multiLine: true)
      .allMatches(keys)) {
    final name = match[1]!;
    final simple = RegExp(
      '^\\t<key>$name</key>\\s*(?:<string>[^<]*</string>|<true/>|<false/>)\\n',
      multiLine: true,
    );
    without = without.replaceFirst(simple, '');
    if (without.contains('\n\t<key>$name</key>')) {
      throw PlatformsException(
        'Info.plist: "$name" has a value of its own now; see platforms/ios.',
      );
    }
  }
  final end = without.lastIndexOf('</dict>');
  if (end < 0) throw const PlatformsException('Info.plist has no end.');
  return without.replaceRange(end, end, keys);
}

/// The Xcode project with no deployment target below [least].
String withTarget(String project, (int, int) least) =>
    project.replaceAllMapped(
      RegExp(r'IPHONEOS_DEPLOYMENT_TARGET = (\d+)\.(\d+);'),
      (match) {
        final target = (int.parse(match[1]!), int.parse(match[2]!));
        final isBelow = target.$1 < least.$1 ||
            (target.$1 == least.$1 && target.$2 < least.$2);
        final (major, minor) = isBelow ? least : target;
        return 'IPHONEOS_DEPLOYMENT_TARGET = $major.$minor;';
      },
    );

void _append(File file) {
  final more = File('${file.path}.append');
  if (!file.existsSync()) {
    throw PlatformsException(
      'flutter create made no ${file.uri.pathSegments.last}: '
      'this needs Flutter 3.38 or newer.',
    );
  }
  _write(file, _read(file) + _read(more));
  more.deleteSync();
}

void _replace(File file, String old, String replacement) {
  final text = _read(file);
  if (!text.contains(old)) {
    throw PlatformsException(
      '${file.uri.pathSegments.last} has no "$old" any more: '
      'tool/platforms/patches.dart must learn the new template.',
    );
  }
  _write(file, text.replaceAll(old, replacement));
}

File _only(Directory folder, String name) {
  final found = folder
      .listSync(recursive: true)
      .whereType<File>()
      .where((file) => file.path.endsWith('/$name'))
      .firstOrNull;
  return found ?? (throw PlatformsException('flutter create made no $name.'));
}

String _read(File file) => file.readAsStringSync();

void _write(File file, String text) => file.writeAsStringSync(text);
