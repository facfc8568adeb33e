import 'package:image_classifier/data/session_repository.dart';

import 'examples.dart';
import 'fake_server.dart';
import 'memory_token_store.dart';

/// A server that lets everybody in, out and go.
Future<FakeServer> startAccountServer() async => (await FakeServer.start())
  ..onJson('/livez', {'status': 'ok'})
  ..onJson('/readyz', {'status': 'ok'})
  ..onJson('/api/v1/auth/login/', issuedTokenJson())
  ..onJson('/api/v1/auth/register/', issuedTokenJson(), status: 201)
  ..onJson('/api/v1/auth/logout/', null, status: 204)
  ..onJson('/api/v1/auth/logout-all/', null, status: 204)
  ..onJson('/api/v1/me/', null, status: 204);

/// A phone's session with such a server.
class SessionRig {
  SessionRig._(this.server);

  static Future<SessionRig> start() async =>
      SessionRig._(await startAccountServer());

  final FakeServer server;
  final MemoryTokenStore store = MemoryTokenStore();
  late final SessionRepository sessions =
      SessionRepository(store, deviceName: 'Pixel');

  Future<void> signIn() async {
    await sessions.useServer('${server.address}');
    await sessions.signIn('ada', 'password');
  }

  Future<void> stop() => server.stop();
}
