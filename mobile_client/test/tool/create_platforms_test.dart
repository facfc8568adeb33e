import 'dart:io';

import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../tool/platforms/create.dart';
import '../../tool/platforms/patches.dart';

void main() {
  late Directory app;

  setUp(() {
    app = temporaryFolder();
    _copy(Directory('platforms'), Directory('${app.path}/platforms'));
  });

  tearDown(() => app.deleteSync(recursive: true));

  String made(String name) => File('${app.path}/$name').readAsStringSync();

  Future<void> create({String? delegate, String org = 'org.example'}) =>
      createPlatforms(
        app: app,
        org: org,
        flutter: _flutterThatMakes(app, delegate ?? _delegateOfToday),
      );

  test('what Flutter makes is there, with this app laid over it', () async {
    await create();

    expect(made('android/settings.gradle.kts'), 'versions of today');
    expect(made('android/app/src/main/AndroidManifest.xml'),
        contains('imageclassifier'));
    expect(made('android/app/build.gradle.kts'), startsWith('of today'));
    expect(made('android/app/build.gradle.kts'),
        contains('isCoreLibraryDesugaringEnabled = true'));
    expect(made('android/app/src/main/kotlin/org/example/MainActivity.kt'),
        contains('class MainActivity : FlutterFragmentActivity()'));
  });

  test('nothing is left that waits for a patch', () async {
    await create();

    final waiting = [
      for (final folder in ['android', 'ios'])
        ...Directory('${app.path}/$folder')
            .listSync(recursive: true)
            .where((entry) => entry.path.endsWith('.append')),
    ];
    expect(waiting, isEmpty);
    expect(Directory('${app.path}/.platforms.new').existsSync(), isFalse);
  });

  for (final (age, delegate) in [
    ('older', _delegateOfYesterday),
    ('newer', _delegateOfToday),
  ]) {
    test('the $age delegate of iOS learns of work in the background', () async {
      await create(delegate: delegate);

      final swift = made('ios/Runner/AppDelegate.swift');
      expect(swift, contains('import workmanager_apple'));
      expect(swift, contains('WorkmanagerPlugin.registerLaunchHandlers()'));
    });
  }

  test('each key is once in Info.plist, and none of the template is lost',
      () async {
    await create();

    final plist = made('ios/Runner/Info.plist');
    final keys = [
      for (final match
          in RegExp(r'^\t<key>(\S+)</key>$', multiLine: true).allMatches(plist))
        match[1],
    ];
    expect(keys.toSet().length, keys.length);
    expect(keys, contains('UIApplicationSceneManifest'));
    expect(keys, contains('NSFaceIDUsageDescription'));
    expect(plist, contains('<string>public.image</string>'));
    expect(plist, contains('<string>Image classifier</string>'));
    expect(plist.trim(), endsWith('</dict>\n</plist>'));
  });

  test('a key with a value of its own in the template is not doubled', () {
    expect(
      () => withKeys(
        '<dict>\n\t<key>A</key>\n\t<array>\n\t</array>\n</dict>',
        '\t<key>A</key>\n\t<array/>\n',
      ),
      throwsA(isA<PlatformsException>()),
    );
  });

  test('iOS is not older than what the plugins need', () {
    String target(String version) => withTarget(
          'IPHONEOS_DEPLOYMENT_TARGET = $version;',
          const (14, 0),
        );

    expect(target('13.0'), target('14.0'));
    expect(target('15.6'), contains('15.6'));
  });

  test('made again, what was there is kept, and the keys for signing', () async {
    await create();
    File('${app.path}/android/key.properties').writeAsStringSync('secret');
    File('${app.path}/android/mine').writeAsStringSync('mine');

    await create();

    expect(made('android/key.properties'), 'secret');
    expect(made('android.before/mine'), 'mine');
    expect(File('${app.path}/android/mine').existsSync(), isFalse);
  });

  test('when Flutter fails, its words are told and nothing changed', () async {
    await create();
    File('${app.path}/bin/flutter')
        .writeAsStringSync('#!/bin/sh\necho no space >&2\nexit 1\n');

    final before = made('android/app/build.gradle.kts');
    await expectLater(
      createPlatforms(
        app: app,
        org: 'org.example',
        flutter: '${app.path}/bin/flutter',
      ),
      throwsA(
        isA<PlatformsException>()
            .having((e) => e.message, 'message', contains('no space')),
      ),
    );
    expect(made('android/app/build.gradle.kts'), before);
  });

  test('a template that is not known is told, and nothing changed', () async {
    await expectLater(
      create(delegate: 'import UIKit\n'),
      throwsA(isA<PlatformsException>()),
    );

    expect(Directory('${app.path}/ios').existsSync(), isFalse);
  });

  test('without Flutter, that is said', () => expectLater(
        createPlatforms(app: app, org: 'org.example', flutter: '/no/flutter'),
        throwsA(isA<PlatformsException>()),
      ));

  test('an organisation is a domain backwards', () {
    expect(isOrganisation('org.example'), isTrue);
    for (final wrong in ['', 'example', 'Org.Example', 'org.1', 'a b.c', '-x']) {
      expect(isOrganisation(wrong), isFalse, reason: wrong);
    }
  });

  test('no file of this repository names a version of the build tools', () {
    final pinned = RegExp(
      'com.android.application|org.jetbrains.kotlin|distributionUrl|minSdk',
    );

    for (final file in Directory('platforms')
        .listSync(recursive: true)
        .whereType<File>()
        .where((file) => !file.path.endsWith('.png'))) {
      expect(file.readAsStringSync(), isNot(matches(pinned)),
          reason: file.path);
    }
    expect(Directory('platforms/android/gradle').existsSync(), isFalse);
  });
}

/// A program that lays down the files which this app's patches touch, as
/// `flutter create` does; the folder to make is its last argument.
String _flutterThatMakes(Directory app, String delegate) {
  final script = File('${app.path}/bin/flutter')
    ..createSync(recursive: true)
    ..writeAsStringSync('''
#!/bin/sh
for to; do :; done
mkdir -p "\$to/android/app/src/main/kotlin/org/example" \\
  "\$to/ios/Runner" "\$to/ios/Runner.xcodeproj"
printf 'versions of today' > "\$to/android/settings.gradle.kts"
echo 'of today' > "\$to/android/app/build.gradle.kts"
echo 'template' > "\$to/android/app/src/main/AndroidManifest.xml"
cat > "\$to/android/app/src/main/kotlin/org/example/MainActivity.kt" <<'END'
package org.example

import io.flutter.embedding.android.FlutterActivity

class MainActivity : FlutterActivity()
END
cat > "\$to/ios/Runner/AppDelegate.swift" <<'END'
$delegate
END
cat > "\$to/ios/Runner/Info.plist" <<'END'
$_plist
END
echo 'IPHONEOS_DEPLOYMENT_TARGET = 13.0;' \\
  > "\$to/ios/Runner.xcodeproj/project.pbxproj"
''');
  Process.runSync('chmod', ['+x', script.path]);
  return script.path;
}

const String _delegateOfYesterday = '''
import Flutter
import UIKit

@main
@objc class AppDelegate: FlutterAppDelegate {
  override func application() -> Bool {
    GeneratedPluginRegistrant.register(with: self)
    return super.application(application, didFinishLaunchingWithOptions: launchOptions)
  }
}''';

const String _delegateOfToday = '''
import Flutter
import UIKit

@main
@objc class AppDelegate: FlutterAppDelegate, FlutterImplicitEngineDelegate {
  override func application() -> Bool {
    return super.application(application, didFinishLaunchingWithOptions: launchOptions)
  }
}''';

const String _plist = '''
<plist version="1.0">
<dict>
\t<key>CFBundleDisplayName</key>
\t<string>Image Classifier</string>
\t<key>UIApplicationSceneManifest</key>
\t<dict>
\t\t<key>UIApplicationSupportsMultipleScenes</key>
\t\t<false/>
\t</dict>
</dict>
</plist>''';

void _copy(Directory from, Directory to) {
  for (final entry in from.listSync(recursive: true)) {
    if (entry is! File) continue;
    final target = '${to.path}${entry.path.substring(from.path.length)}';
    File(target).parent.createSync(recursive: true);
    entry.copySync(target);
  }
}
