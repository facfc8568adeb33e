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
    this.publishedTop1,
    this.license = '',
  });

  factory ServerModel.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    final accuracy = fields.object('accuracy', JsonReader.of);
    final published = fields.maybe(
      'published',
      (name) => fields.object(name, JsonReader.of),
    );
    return ServerModel(
      name: fields.text('name'),
      version: fields.text('version'),
      serves: fields.flag('serves'),
      classes: fields.whole('classes'),
      top1: accuracy.maybe('top_1', accuracy.number),
      top5: accuracy.maybe('top_5', accuracy.number),
      publishedTop1: published?.number('top_1'),
      license: fields.maybe('license', fields.text) ?? '',
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

  /// That share of ImageNet's photos as the model's authors publish it, if
  /// they do.
  final double? publishedTop1;

  /// Of its weights, as an SPDX identifier; empty where nobody says.
  final String license;

  ModelRef get ref => ModelRef(name: name, version: version);
}
