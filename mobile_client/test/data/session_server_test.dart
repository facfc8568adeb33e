import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../testing/account_server.dart';
import '../../testing/examples.dart';
import '../../testing/fake_server.dart';
import '../../testing/results.dart';
import '../../testing/self_signed.dart';

void main() {
  late SessionRig rig;
  setUp(() async => rig = await SessionRig.start());
  tearDown(() => rig.stop());

  group('a server', () {
    test('is used and remembered if it is one of ours', () async {
      final result = await rig.sessions.useServer('${rig.server.address}');
      final later = SessionRepository(rig.store);
      await later.restore();

      expect(result, isA<Ok<void>>());
      expect(rig.sessions.server.value, rig.server.address);
      expect(later.server.value, rig.server.address);
    });

    test('is used while its model is not ready', () async {
      rig.server.onJson('/readyz', {'status': 'unavailable'}, status: 503);

      expect(
        await rig.sessions.useServer('${rig.server.address}'),
        isA<Ok<void>>(),
      );
    });

    test('is not used if something else answers', () async {
      rig.server.on('/livez', (response, _) => response.write('<html>'));

      final result = await rig.sessions.useServer('${rig.server.address}');

      expect(failureIn(result).code, ErrorCode.malformedAnswer);
      expect(rig.sessions.server.value, isNull);
      expect(rig.store.values, isEmpty);
    });

    test('is not used if it does not know the path', () async {
      final other = await FakeServer.start();
      addTearDown(other.stop);

      final result = await rig.sessions.useServer('${other.address}');

      expect(failureIn(result).code, ErrorCode.malformedAnswer);
    });

    test('is not used if nothing answers', () async {
      final address = rig.server.address;
      await rig.server.stop();

      final result = await rig.sessions.useServer('$address');

      expect(failureIn(result).code, ErrorCode.offline);
    });

    test('with an address that is none is refused', () async {
      expect(
        failureIn(await rig.sessions.useServer('my server')).code,
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

      final refused = await rig.sessions.useServer('${secure.address}');
      final error = (refused as Failed<void>).error;
      error as UntrustedCertificateException;
      await rig.sessions.useServer(
        '${secure.address}',
        acceptFingerprint: error.fingerprint,
      );
      await rig.sessions.signIn('ada', 'password');

      final session = rig.sessions.session.value!;
      expect(session.pinnedFingerprint, selfSignedFingerprint);
      final later = SessionRepository(rig.store);
      await later.restore();
      expect(await later.connection.send('GET', 'livez'), isNotNull);
    });

    test('another one ends the session', () async {
      await rig.signIn();
      final other = await FakeServer.start();
      addTearDown(other.stop);
      other
        ..onJson('/livez', {'status': 'ok'})
        ..onJson('/readyz', {'status': 'ok'});

      await rig.sessions.useServer('${other.address}');

      expect(rig.sessions.session.value, isNull);
      expect(rig.sessions.server.value, other.address);
      expect(rig.store.values.keys, isNot(contains('session')));
    });

    test('nothing can be sent before there is one', () async {
      expect(
        failureIn(await rig.sessions.signIn('ada', 'password')).code,
        ErrorCode.invalidInput,
      );
    });
  });
}
