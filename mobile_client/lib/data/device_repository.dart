import '../domain/device.dart';
import '../utils/result.dart';
import 'api/auth_api.dart' as api;
import 'session_repository.dart';

/// The devices that are signed in to the account.
class DeviceRepository {
  const DeviceRepository(this._sessions);

  final SessionRepository _sessions;

  Future<Result<List<Device>>> list() =>
      Result.of(() async => api.listTokens(_sessions.connection));

  /// Signs a device out.
  Future<Result<void>> revoke(Device device) =>
      Result.of(() async => api.revokeToken(_sessions.connection, device.id));
}
