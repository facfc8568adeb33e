import 'dart:io';

import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../testing/account_server.dart';
import '../../testing/examples.dart';
import '../../testing/results.dart';

void main() {
  late SessionRig rig;
  setUp(() async => rig = await SessionRig.start());
  tearDown(() => rig.stop());

  group('signing in', () {
    test('sends name, password and device, and keeps the token', () async {
      await rig.signIn();

      expect(rig.sessions.session.value!.token, 'secret-token');
      expect(rig.server.requests.last.json, {
        'username': 'ada',
        'password': 'password',
        'device_name': 'Pixel',
      });
      expect(rig.server.requests.last.header('authorization'), isNull);
    });

    test('is not needed again after a restart', () async {
      await rig.signIn();
      final later = SessionRepository(rig.store);

      await later.restore();
      await later.connection.send('GET', 'livez');

      expect(later.session.value!.user.username, 'ada');
      expect(
        rig.server.requests.last.header('authorization'),
        'Token secret-token',
      );
    });

    test('fails with a wrong password', () async {
      rig.server.onJson(
        '/api/v1/auth/login/',
        errorJson('authentication_failed'),
        status: 401,
      );
      await rig.sessions.useServer('${rig.server.address}');

      final result = await rig.sessions.signIn('ada', 'wrong');

      expect(failureIn(result).code, ErrorCode.wrongCredentials);
      expect(rig.sessions.session.value, isNull);
    });

    test('after registering is not needed', () async {
      await rig.sessions.useServer('${rig.server.address}');

      await rig.sessions.register('ada', 'password', 'ada@example.org');

      expect(rig.sessions.session.value, isNotNull);
      expect(
        rig.server.requests.last.json,
        containsPair('email', 'ada@example.org'),
      );
    });

    test('an account cannot be made where registration is closed', () async {
      rig.server.onJson(
        '/api/v1/auth/register/',
        errorJson('permission_denied'),
        status: 403,
      );
      await rig.sessions.useServer('${rig.server.address}');

      expect(
        failureIn(await rig.sessions.register('ada', 'password', '')).code,
        ErrorCode.registrationClosed,
      );
    });

    test('what was kept by another version is forgotten', () async {
      rig.store.values
        ..['session'] = '{"token": 7}'
        ..['server'] = 'not JSON';

      await rig.sessions.restore();

      expect(rig.sessions.session.value, isNull);
      expect(rig.sessions.server.value, isNull);
    });
  });

  test('a wrong current password does not end the session', () async {
    await rig.signIn();
    rig.server.onJson(
      '/api/v1/auth/password/change/',
      errorJson('authentication_failed', attr: 'current_password'),
      status: 401,
    );

    final result = await rig.sessions.changePassword('wrong', 'next');

    expect(failureIn(result).code, ErrorCode.wrongCredentials);
    expect(rig.sessions.session.value, isNotNull);
  });

  test('the export is written to a file', () async {
    await rig.signIn();
    rig.server.on(
      '/api/v1/me/export/',
      (response, _) => response.add([0x50, 0x4b]),
    );
    final folder = temporaryFolder();
    addTearDown(() => folder.deleteSync(recursive: true));

    final result = await rig.sessions.exportAccount(folder);

    final file = (result as Ok<File>).value;
    expect(file.readAsBytesSync(), [0x50, 0x4b]);
  });
}
