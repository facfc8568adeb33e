import 'json_reader.dart';

/// Which version of which model made an answer.
final class ModelRef {
  const ModelRef({required this.name, required this.version});

  factory ModelRef.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return ModelRef(name: fields.text('name'), version: fields.text('version'));
  }

  final String name;
  final String version;

  Map<String, Object?> toJson() => {'name': name, 'version': version};

  @override
  bool operator ==(Object other) =>
      other is ModelRef && other.name == name && other.version == version;

  @override
  int get hashCode => Object.hash(name, version);
}
