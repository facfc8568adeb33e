import '../../domain/json_reader.dart';
import '../../domain/known_label.dart';
import '../../domain/server_model.dart';
import 'answer.dart';
import 'api_connection.dart';

/// GET models/
Future<List<ServerModel>> listModels(ApiConnection connection) async =>
    readAnswer(
      await connection.send('GET', 'api/v1/models/'),
      (json) => JsonReader.of(json).list('results', ServerModel.fromJson),
    );

/// GET labels/: the classes that the serving model tells apart.
Future<List<KnownLabel>> listLabels(
  ApiConnection connection, {
  String? search,
}) async =>
    readAnswer(
      await connection.send(
        'GET',
        'api/v1/labels/',
        query: {if (search != null) 'search': search},
      ),
      (json) => JsonReader.of(json).list('results', KnownLabel.fromJson),
    );
