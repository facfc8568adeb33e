import 'json_reader.dart';
import 'model_ref.dart';

/// A model version that is installed on the server.
final class ServerModel {
  const ServerModel({
    required this.name,
    required this.version,
    required this.serves,
    required this.classes,
    this.top1,
    this.top5,
  });

  factory ServerModel.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    final accuracy = fields.object('accuracy', JsonReader.of);
    return ServerModel(
      name: fields.text('name'),
      version: fields.text('version'),
      serves: fields.flag('serves'),
      classes: fields.whole('classes'),
      top1: accuracy.maybe('top_1', accuracy.number),
      top5: accuracy.maybe('top_5', accuracy.number),
    );
  }

  final String name;
  final String version;

  /// Whether it answers now.
  final bool serves;

  /// How many classes it tells apart.
  final int classes;

  /// The share of test photos whose label it gets right, if measured.
  final double? top1;

  /// The share whose label is among its five best, if measured.
  final double? top5;

  ModelRef get ref => ModelRef(name: name, version: version);
}
