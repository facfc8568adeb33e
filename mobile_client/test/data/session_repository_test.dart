import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/fake_server.dart';
import '../../testing/memory_token_store.dart';
import '../../testing/self_signed.dart';

void main() {
  late FakeServer server;
  late MemoryTokenStore store;
  late SessionRepository sessions;

  setUp(() async {
    server = await FakeServer.start();
    server
      ..onJson('/livez', {'status': 'ok'})
      ..onJson('/readyz', {'status': 'ok'})
      ..onJson('/api/v1/auth/login/', issuedTokenJson())
      ..onJson('/api/v1/auth/register/', issuedTokenJson(), status: 201)
      ..onJson('/api/v1/auth/logout/', null, status: 204)
      ..onJson('/api/v1/auth/logout-all/', null, status: 204)
      ..onJson('/api/v1/me/', null, status: 204);
    store = MemoryTokenStore();
    sessions = SessionRepository(store, deviceName: 'Pixel');
  });
  tearDown(() => server.stop());

  ErrorCode? codeOf<T>(Result<T> result) =>
      result is Failed<T> ? result.error.code : null;

  Future<void> signIn() async {
    await sessions.useServer('${server.address}');
    await sessions.signIn('ada', 'password');
  }

  group('a server', () {
    test('is used and remembered if it is one of ours', () async {
      final result = await sessions.useServer('${server.address}');
      final later = SessionRepository(store);
      await later.restore();

      expect(result, isA<Ok<void>>());
      expect(sessions.server.value, server.address);
      expect(later.server.value, server.address);
    });

    test('is used while its model is not ready', () async {
      server.onJson('/readyz', {'status': 'unavailable'}, status: 503);

      expect(
        await sessions.useServer('${server.address}'),
        isA<Ok<void>>(),
      );
    });

    test('is not used if something else answers', () async {
      server.on('/livez', (response, _) => response.write('<html>'));

      final result = await sessions.useServer('${server.address}');

      expect(codeOf(result), ErrorCode.malformedAnswer);
      expect(sessions.server.value, isNull);
      expect(store.values, isEmpty);
    });

    test('is not used if it does not know the path', () async {
      final other = await FakeServer.start();
      addTearDown(other.stop);

      final result = await sessions.useServer('${other.address}');

      expect(codeOf(result), ErrorCode.malformedAnswer);
    });

    test('is not used if nothing answers', () async {
      final address = server.address;
      await server.stop();

      final result = await sessions.useServer('$address');

      expect(codeOf(result), ErrorCode.offline);
    });

    test('with an address that is none is refused', () async {
      expect(
        codeOf(await sessions.useServer('my server')),
        ErrorCode.invalidInput,
      );
    });

    test('with an unknown certificate needs consent to it', () async {
      final secure = await FakeServer.start(context: selfSignedContext());
      addTearDown(secure.stop);
      secure
        ..onJson('/livez', {'status': 'ok'})
        ..onJson('/readyz', {'status': 'ok'})
        ..onJson('/api/v1/auth/login/', issuedTokenJson());

      final refused = await sessions.useServer('${secure.address}');
      final error = (refused as Failed<void>).error;
      error as UntrustedCertificateException;
      await sessions.useServer(
        '${secure.address}',
        acceptFingerprint: error.fingerprint,
      );
      await sessions.signIn('ada', 'password');

      final session = sessions.session.value!;
      expect(session.pinnedFingerprint, selfSignedFingerprint);
      final later = SessionRepository(store);
      await later.restore();
      expect(await later.connection.send('GET', 'livez'), isNotNull);
    });

    test('another one ends the session', () async {
      await signIn();
      final other = await FakeServer.start();
      addTearDown(other.stop);
      other
        ..onJson('/livez', {'status': 'ok'})
        ..onJson('/readyz', {'status': 'ok'});

      await sessions.useServer('${other.address}');

      expect(sessions.session.value, isNull);
      expect(sessions.server.value, other.address);
      expect(store.values.keys.toList(), ['server']);
    });

    test('nothing can be sent before there is one', () async {
      expect(
        codeOf(await sessions.signIn('ada', 'password')),
        ErrorCode.invalidInput,
      );
    });
  });

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

      expect(codeOf(result), ErrorCode.wrongCredentials);
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
        codeOf(await sessions.register('ada', 'password', '')),
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

  group('the session ends', () {
    late List<SessionEnd> ends;
    setUp(() {
      ends = [];
      sessions.onEnd((_, why) async => ends.add(why));
    });

    test('when signed out, there and here', () async {
      await signIn();

      await sessions.signOut();

      expect(server.requests.last.uri.path, '/api/v1/auth/logout/');
      expect(sessions.session.value, isNull);
      expect(store.values.keys.toList(), ['server']);
      expect(ends, [SessionEnd.signedOut]);
    });

    test('when signed out without a network, here', () async {
      await signIn();
      await server.stop();

      final result = await sessions.signOut();

      expect(result, isA<Ok<void>>());
      expect(store.values.keys.toList(), ['server']);
    });

    test('when signed out everywhere, but only if the server did', () async {
      await signIn();
      server.onJson('/api/v1/auth/logout-all/', {}, status: 500);

      final result = await sessions.signOutEverywhere();

      expect(codeOf(result), ErrorCode.serverError);
      expect(sessions.session.value, isNotNull);
    });

    test('when the server refuses the token, and says so', () async {
      await signIn();
      server.onJson(
        '/api/v1/me/',
        errorJson('authentication_failed'),
        status: 401,
      );

      final result = await Result.of(
        () => sessions.connection.send('GET', 'api/v1/me/'),
      );
      await Future<void>.delayed(Duration.zero);

      expect(codeOf(result), ErrorCode.unauthorised);
      expect(sessions.session.value, isNull);
      expect(sessions.endedByServer, isTrue);
      expect(ends, [SessionEnd.endedByServer]);
      expect(sessions.server.value, server.address);
    });

    test('not when the token of an earlier session is refused', () async {
      await signIn();
      final earlier = sessions.connection;
      await sessions.signOut();
      await sessions.signIn('ada', 'password');
      server.onJson('/a/', errorJson('authentication_failed'), status: 401);

      await Result.of(() => earlier.send('GET', 'a/'));

      expect(sessions.session.value, isNotNull);
    });

    test('with the account', () async {
      await signIn();

      await sessions.deleteAccount();

      expect(server.requests.last.method, 'DELETE');
      expect(sessions.session.value, isNull);
      expect(ends, [SessionEnd.accountDeleted]);
    });

    test('not if the account was not deleted', () async {
      await signIn();
      await server.stop();

      final result = await sessions.deleteAccount();

      expect(codeOf(result), ErrorCode.offline);
      expect(sessions.session.value, isNotNull);
      expect(ends, isEmpty);
    });

    test('and the next sign-in asks for nothing special', () async {
      await signIn();
      await sessions.signOut();

      await sessions.signIn('ada', 'password');

      expect(sessions.endedByServer, isFalse);
      expect(sessions.session.value, isNotNull);
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

    expect(codeOf(result), ErrorCode.wrongCredentials);
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
