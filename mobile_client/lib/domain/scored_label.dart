import 'json_reader.dart';
import 'label_name.dart';

/// A class that a model knows, and how sure it is of it.
final class ScoredLabel {
  const ScoredLabel({
    required this.wnid,
    required this.label,
    required this.probability,
  });

  factory ScoredLabel.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return ScoredLabel(
      wnid: fields.text('wnid'),
      label: fields.text('label'),
      probability: fields.number('probability'),
    );
  }

  /// WordNet's id; empty for people's own classes.
  final String wnid;

  /// The class as Keras spells it.
  final String label;

  /// From 0 to 1.
  final double probability;

  /// The label as people spell it.
  String get displayName => nameOfLabel(label);

  Map<String, Object?> toJson() =>
      {'wnid': wnid, 'label': label, 'probability': probability};
}
