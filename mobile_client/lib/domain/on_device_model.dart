import 'json_reader.dart';
import 'model_ref.dart';
import 'preprocessing.dart';

/// The serving model in the form that phones run.
final class OnDeviceModel {
  const OnDeviceModel({
    required this.ref,
    required this.url,
    required this.bytes,
    required this.sha256,
    required this.labelsUrl,
    required this.preprocessing,
  });

  factory OnDeviceModel.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    final model = fields.object('model', JsonReader.of);
    return OnDeviceModel(
      ref: ModelRef(name: fields.text('name'), version: fields.text('version')),
      url: model.uri('url'),
      bytes: model.whole('bytes'),
      sha256: model.text('sha256'),
      labelsUrl: fields.uri('labels_url'),
      preprocessing: fields.object('preprocessing', Preprocessing.fromJson),
    );
  }

  final ModelRef ref;

  /// Where its file is, and what the file must be.
  final Uri url;
  final int bytes;
  final String sha256;

  /// Where its labels are, in the order of its outputs.
  final Uri labelsUrl;
  final Preprocessing preprocessing;

  Map<String, Object?> toJson() => {
        ...ref.toJson(),
        'model': {'url': '$url', 'bytes': bytes, 'sha256': sha256},
        'labels_url': '$labelsUrl',
        'preprocessing': preprocessing.toJson(),
      };
}
