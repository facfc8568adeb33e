import 'package:image_classifier/data/api/api_connection.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:test/test.dart';

import '../../../testing/fake_server.dart';
import '../../../testing/self_signed.dart';

void main() {
  late FakeServer server;
  setUp(() async {
    server = await FakeServer.start(context: selfSignedContext());
    server.onJson('/livez', {'status': 'ok'});
  });
  tearDown(() => server.stop());

  ApiConnection connect(String? pin) {
    final connection = ApiConnection(
      server: server.address,
      token: () => 'secret',
      pinnedFingerprint: pin,
    );
    addTearDown(connection.close);
    return connection;
  }

  test('an unknown certificate is refused and shown', () async {
    await expectLater(
      connect(null).send('GET', 'livez'),
      throwsA(
        isA<UntrustedCertificateException>()
            .having((e) => e.fingerprint, 'print', selfSignedFingerprint)
            .having((e) => e.host, 'host', '127.0.0.1'),
      ),
    );

    expect(server.requests, isEmpty);
  });

  test('the accepted certificate is trusted', () async {
    final answer = await connect(selfSignedFingerprint).send('GET', 'livez');

    expect(answer, {'status': 'ok'});
  });

  test('another certificate than the accepted one is refused', () async {
    final other = selfSignedFingerprint.replaceFirst('2E', '2F');

    await expectLater(
      connect(other).send('GET', 'livez'),
      throwsA(isA<UntrustedCertificateException>()),
    );

    expect(server.requests, isEmpty);
  });

  test('a server without TLS where TLS was asked for is offline', () async {
    final plain = await FakeServer.start();
    addTearDown(plain.stop);
    final connection = ApiConnection(
      server: plain.address.replace(scheme: 'https'),
    );
    addTearDown(connection.close);

    await expectLater(
      connection.send('GET', 'livez'),
      throwsA(isA<OfflineException>()),
    );
  });
}
