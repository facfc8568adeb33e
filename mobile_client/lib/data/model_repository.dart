import '../domain/server_model.dart';
import '../utils/result.dart';
import 'api/models_api.dart' as api;
import 'session_repository.dart';

/// The models that the server has.
class ModelRepository {
  const ModelRepository(this._sessions);

  final SessionRepository _sessions;

  Future<Result<List<ServerModel>>> list() =>
      Result.of(() async => api.listModels(_sessions.connection));
}
