import 'dart:io';

import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../testing/account_server.dart';
import '../../testing/examples.dart';
import '../../testing/fake_server.dart';
import '../../testing/memory_token_store.dart';
import '../../testing/results.dart';

void main() {
  late FakeServer server;
  late MemoryTokenStore store;
  late SessionRepository sessions;
  setUp(() async {
    server = await startAccountServer();
    store = MemoryTokenStore();
    sessions = SessionRepository(store, deviceName: 'Pixel');
  });
  tearDown(() => server.stop());

  Future<void> signIn() async {
    await sessions.useServer('${server.address}');
    await sessions.signIn('ada', 'password');
  }

  group('signing in', () {
    test('sends name, password and device, and keeps the token', () async {
      await signIn();

      expect(sessions.session.value!.token, 'secret-token');
      expect(server.requests.last.json, {
        'username': 'ada',
        'password': 'password',
        'device_name': 'Pixel',
      });
      expect(server.requests.last.header('authorization'), isNull);
    });

    test('is not needed again after a restart', () async {
      await signIn();
      final later = SessionRepository(store);

      await later.restore();
      await later.connection.send('GET', 'livez');

      expect(later.session.value!.user.username, 'ada');
      expect(
        server.requests.last.header('authorization'),
        'Token secret-token',
      );
    });

    test('fails with a wrong password', () async {
      server.onJson(
        '/api/v1/auth/login/',
        errorJson('authentication_failed'),
        status: 401,
      );
      await sessions.useServer('${server.address}');

      final result = await sessions.signIn('ada', 'wrong');

      expect(failureIn(result).code, ErrorCode.wrongCredentials);
      expect(sessions.session.value, isNull);
    });

    test('after registering is not needed', () async {
      await sessions.useServer('${server.address}');

      await sessions.register('ada', 'password', 'ada@example.org');

      expect(sessions.session.value, isNotNull);
      expect(
        server.requests.last.json,
        containsPair('email', 'ada@example.org'),
      );
    });

    test('an account cannot be made where registration is closed', () async {
      server.onJson(
        '/api/v1/auth/register/',
        errorJson('permission_denied'),
        status: 403,
      );
      await sessions.useServer('${server.address}');

      expect(
        failureIn(await sessions.register('ada', 'password', '')).code,
        ErrorCode.registrationClosed,
      );
    });

    test('what was kept by another version is forgotten', () async {
      store.values
        ..['session'] = '{"token": 7}'
        ..['server'] = 'not JSON';

      await sessions.restore();

      expect(sessions.session.value, isNull);
      expect(sessions.server.value, isNull);
    });
  });

  test('a wrong current password does not end the session', () async {
    await signIn();
    server.onJson(
      '/api/v1/auth/password/change/',
      errorJson('authentication_failed', attr: 'current_password'),
      status: 401,
    );

    final result = await sessions.changePassword('wrong', 'next');

    expect(failureIn(result).code, ErrorCode.wrongCredentials);
    expect(sessions.session.value, isNotNull);
  });

  test('the export is written to a file', () async {
    await signIn();
    server.on(
      '/api/v1/me/export/',
      (response, _) => response.add([0x50, 0x4b]),
    );
    final folder = temporaryFolder();
    addTearDown(() => folder.deleteSync(recursive: true));

    final result = await sessions.exportAccount(folder);

    final file = (result as Ok<File>).value;
    expect(file.readAsBytesSync(), [0x50, 0x4b]);
  });
}
