import '../../domain/json_reader.dart';
import '../../domain/known_label.dart';
import '../../domain/on_device_model.dart';
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

/// GET models/active/on-device/: the serving model in the form that phones
/// run.
Future<OnDeviceModel> getOnDeviceModel(ApiConnection connection) async =>
    readAnswer(
      await connection.send('GET', 'api/v1/models/active/on-device/'),
      OnDeviceModel.fromJson,
    );

/// The labels at [url], in the order of the model's outputs.
Future<List<KnownLabel>> getLabels(ApiConnection connection, Uri url) async =>
    readAnswer(
      await connection.send('GET', '$url'),
      (json) => JsonReader.of(json).list('results', KnownLabel.fromJson),
    );
