import 'dart:io';

import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/password_reset.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/domain/pairing_code.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/fake_server.dart';
import '../../testing/memory_token_store.dart';
import '../../testing/results.dart';
import '../../testing/self_signed.dart';

void main() {
  late FakeServer server;
  late MemoryTokenStore store;
  late SessionRepository sessions;

  Future<void> start({SecurityContext? context}) async {
    server = await FakeServer.start(context: context);
    addTearDown(server.stop);
    server
      ..onJson('/livez', {'status': 'ok'})
      ..onJson('/readyz', {'status': 'ok'})
      ..onJson('/api/v1/auth/pair/', issuedTokenJson());
    store = MemoryTokenStore();
    sessions = SessionRepository(store, deviceName: 'Pixel');
  }

  PairingCode code([String? fingerprint]) => PairingCode(
        server: server.address,
        code: 'ABC-123',
        fingerprint: fingerprint,
      );

  test('a code finds the server and signs in', () async {
    await start();

    final session = valueOf(await sessions.pair(code()));

    expect(session.user.username, 'ada');
    expect(server.requests.last.json, {
      'code': 'ABC-123',
      'device_name': 'Pixel',
    });
  });

  test('a code that is used or too old is told', () async {
    await start();
    for (final status in [400, 401, 404, 410]) {
      server.onJson('/api/v1/auth/pair/', errorJson('any'), status: status);

      final result = await sessions.pair(code());

      expect(failureIn(result).code, ErrorCode.wrongPairingCode);
      expect(sessions.session.value, isNull);
    }
  });

  test('a code that is not good leaves who is signed in as they are',
      () async {
    await start();
    final before = valueOf(await sessions.pair(code()));
    final other = await FakeServer.start();
    addTearDown(other.stop);
    other
      ..onJson('/livez', {'status': 'ok'})
      ..onJson('/readyz', {'status': 'ok'})
      ..onJson('/api/v1/auth/pair/', errorJson('wrong_code'), status: 400);
    final elsewhere = PairingCode(server: other.address, code: 'OLD');

    final result = await sessions.pair(elsewhere);

    expect(failureIn(result).code, ErrorCode.wrongPairingCode);
    expect(sessions.session.value, before);
    expect(sessions.server.value, server.address);
    expect(other.requests.last.header('authorization'), isNull);
    other.onJson('/api/v1/auth/pair/', issuedTokenJson(username: 'bo'));
    expect(valueOf(await sessions.pair(elsewhere)).user.username, 'bo');
    expect(sessions.server.value, other.address);
  });

  test('the certificate that the code names is trusted without a question',
      () async {
    await start(context: selfSignedContext());

    final session = valueOf(await sessions.pair(code(selfSignedFingerprint)));

    expect(session.pinnedFingerprint, selfSignedFingerprint);
  });

  test('another certificate than the code names is not', () async {
    await start(context: selfSignedContext());

    final result = await sessions.pair(code(selfSignedFingerprint
        .replaceFirst(selfSignedFingerprint[0], 'x')));

    expect(failureIn(result).code, ErrorCode.untrustedCertificate);
    expect(server.requests, isEmpty);
  });

  test('a server is remembered with its certificate, over restarts', () async {
    await start(context: selfSignedContext());
    valueOf(await sessions.pair(code(selfSignedFingerprint)));

    final later = SessionRepository(store);
    await later.restore();

    expect(later.known.all.value.single.server, server.address);
    valueOf(await later.useServer('${server.address}'));
  });

  test('no more than five are remembered, the last one first', () async {
    await start();
    for (var i = 0; i < 7; i++) {
      server
        ..onJson('/$i/livez', {'status': 'ok'})
        ..onJson('/$i/readyz', {'status': 'ok'});
      valueOf(await sessions.useServer('${server.address}$i/'));
    }
    valueOf(await sessions.useServer('${server.address}5/'));

    expect(
      [for (final each in sessions.known.all.value) each.server.path],
      ['/5/', '/6/', '/4/', '/3/', '/2/'],
    );
  });

  test('a password is reset in two steps', () async {
    await start();
    server
      ..onJson('/api/v1/auth/password/reset/', null, status: 204)
      ..onJson('/api/v1/auth/password/reset/confirm/', null, status: 204);
    valueOf(await sessions.useServer('${server.address}'));
    final reset = PasswordReset(sessions);

    valueOf(await reset.request('ada@example.org'));
    valueOf(
      await reset.confirm(email: 'ada@example.org', code: '123', next: 'new'),
    );

    expect(server.requests.last.json, {
      'email': 'ada@example.org',
      'code': '123',
      'new_password': 'new',
    });
  });

  test('a wrong code of a reset is told', () async {
    await start();
    server.onJson(
      '/api/v1/auth/password/reset/confirm/',
      errorJson('wrong_code', attr: 'code'),
      status: 400,
    );
    valueOf(await sessions.useServer('${server.address}'));

    final result = await PasswordReset(sessions)
        .confirm(email: 'a@b.c', code: '1', next: 'new');

    expect(failureIn(result).code, ErrorCode.wrongResetCode);
  });

  test('a second factor is asked for, and its code is sent', () async {
    await start();
    server.onJson(
      '/api/v1/auth/login/',
      errorJson('second_factor_required', attr: 'code'),
      status: 401,
    );
    valueOf(await sessions.useServer('${server.address}'));

    final first = await sessions.signIn('ada', 'password');
    expect(failureIn(first).code, ErrorCode.secondFactorRequired);
    server.onJson(
      '/api/v1/auth/login/',
      errorJson('authentication_failed', attr: 'code'),
      status: 401,
    );
    final wrong = await sessions.signIn('ada', 'password', code: '000000');
    expect(failureIn(wrong).code, ErrorCode.wrongSecondFactor);
    server.onJson('/api/v1/auth/login/', issuedTokenJson());
    valueOf(await sessions.signIn('ada', 'password', code: '123456'));

    expect(server.requests.last.json, {
      'username': 'ada',
      'password': 'password',
      'code': '123456',
      'device_name': 'Pixel',
    });
  });
}
