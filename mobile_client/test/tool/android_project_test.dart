import 'dart:io';

import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../tool/platforms/patches.dart';

void main() {
  const main = 'platforms/android/app/src/main';
  String text(String name) => File('$main/$name').readAsStringSync();

  test('a photo that is shared comes to the app that is open', () {
    expect(
      text('AndroidManifest.xml'),
      contains('android:launchMode="singleTask"'),
    );
  });

  test('older phones can be asked for what saving a photo needs', () {
    expect(text('AndroidManifest.xml'), contains('WRITE_EXTERNAL_STORAGE'));
  });

  test("the fingerprint's dialog finds a theme of its kind", () {
    for (final folder in ['values', 'values-night']) {
      final parents = [
        for (final match
            in RegExp('parent="(.*?)"').allMatches(text('res/$folder/styles.xml')))
          match[1],
      ];
      expect(parents, hasLength(2));
      expect(parents, everyElement(startsWith('Theme.AppCompat.')));
    }
  });

  test('what was shared is not taken again when the app is brought back', () {
    final android = temporaryFolder();
    addTearDown(() => android.deleteSync(recursive: true));
    File('${android.path}/app/build.gradle.kts')
      ..createSync(recursive: true)
      ..writeAsStringSync('of today');
    File('${android.path}/app/build.gradle.kts.append').writeAsStringSync('');
    final activity = File('${android.path}/app/MainActivity.kt')
      ..writeAsStringSync(
        'import io.flutter.embedding.android.FlutterActivity\n\n'
        'class MainActivity : FlutterActivity()\n',
      );

    patchAndroid(android);

    final kotlin = activity.readAsStringSync();
    expect(kotlin, contains('class MainActivity : FlutterFragmentActivity() {'));
    expect(kotlin, contains('FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY'));
    expect('{'.allMatches(kotlin).length, '}'.allMatches(kotlin).length);
  });
}
