import 'package:image_classifier/data/device_repository.dart';
import 'package:image_classifier/data/model_repository.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/domain/device.dart';
import 'package:test/test.dart';

import '../../testing/fake_server.dart';
import '../../testing/memory_token_store.dart';
import '../../testing/recorded.dart';
import '../../testing/results.dart';

void main() {
  late FakeServer server;
  late SessionRepository sessions;
  setUp(() async {
    server = await FakeServer.start();
    server
      ..onJson('/livez', {'status': 'ok'})
      ..onJson('/readyz', {'status': 'ok'});
    sessions = SessionRepository(MemoryTokenStore());
    await sessions.useServer('${server.address}');
  });
  tearDown(() => server.stop());

  test('the devices are listed', () async {
    server.onJson('/api/v1/auth/tokens/', recorded('tokens'));

    final devices = valueOf(await DeviceRepository(sessions).list());

    expect(devices.single.isCurrent, isTrue);
    expect(devices.single.name, 'phone');
  });

  test('a device is revoked by its id', () async {
    server.onJson('/api/v1/auth/tokens/7/', null, status: 204);
    final device = Device(
      id: '7',
      name: '',
      createdAt: DateTime.utc(2026),
      lastUsedAt: null,
      expiresAt: DateTime.utc(2027),
      isCurrent: false,
    );

    valueOf(await DeviceRepository(sessions).revoke(device));

    expect(server.requests.last.method, 'DELETE');
    expect(server.requests.last.uri.path, '/api/v1/auth/tokens/7/');
  });

  test('the models are listed', () async {
    server.onJson('/api/v1/models/', recorded('models'));

    final models = valueOf(await ModelRepository(sessions).list());

    expect(models.single.name, 'efficientnet_lite0');
  });
}
