import 'dart:io';

import 'platforms/create.dart';

/// Makes `android/` and `ios/` with the Flutter that is installed here, and
/// lays what this app needs over it:
///
///     dart tool/create_platforms.dart [--org org.example]
///
/// Run it once, and again after an upgrade of Flutter. What was there before
/// is kept as `android.before/` and `ios.before/`.
Future<void> main(List<String> arguments) async {
  final String org;
  switch (arguments) {
    case []:
      org = 'com.example';
    case ['--org', final given] when isOrganisation(given):
      org = given;
    default:
      stderr.writeln(
        'Usage: dart tool/create_platforms.dart [--org org.example]\n'
        '--org is your domain backwards; the application id is made of it.',
      );
      exit(64);
  }
  try {
    await createPlatforms(
      app: File.fromUri(Platform.script).parent.parent,
      org: org,
    );
  } on PlatformsException catch (failure) {
    stderr.writeln(failure.message);
    exit(1);
  }
  stdout.writeln(
    'android/ and ios/ are made, for the application id '
    '$org.$projectName. Next: flutter run',
  );
}
