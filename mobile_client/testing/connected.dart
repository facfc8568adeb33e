import 'package:image_classifier/data/api/api_connection.dart';
import 'package:test/test.dart';

import 'fake_server.dart';

/// A server, and a connection to it that has a token; both end with the test.
Future<(FakeServer, ApiConnection)> startConnected() async {
  final server = await FakeServer.start();
  final connection = ApiConnection(
    server: server.address,
    token: () => 'secret',
    timeout: const Duration(seconds: 5),
  );
  addTearDown(() async {
    connection.close();
    await server.stop();
  });
  return (server, connection);
}
