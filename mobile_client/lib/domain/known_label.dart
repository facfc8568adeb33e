import 'json_reader.dart';
import 'label_name.dart';

/// A class that the serving model tells apart.
final class KnownLabel {
  const KnownLabel({required this.label, this.wnid = ''});

  factory KnownLabel.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return KnownLabel(
      label: fields.text('label'),
      wnid: fields.maybe('wnid', fields.text) ?? '',
    );
  }

  final String label;
  final String wnid;

  /// [label] as people spell it.
  String get displayName => nameOfLabel(label);
}
