import 'examples.dart';
import 'fake_server.dart';

/// A server that lets everybody in, out and go.
Future<FakeServer> startAccountServer() async => (await FakeServer.start())
  ..onJson('/livez', {'status': 'ok'})
  ..onJson('/readyz', {'status': 'ok'})
  ..onJson('/api/v1/auth/login/', issuedTokenJson())
  ..onJson('/api/v1/auth/register/', issuedTokenJson(), status: 201)
  ..onJson('/api/v1/auth/logout/', null, status: 204)
  ..onJson('/api/v1/auth/logout-all/', null, status: 204)
  ..onJson('/api/v1/me/', null, status: 204);
