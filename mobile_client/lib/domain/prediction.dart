import 'json_reader.dart';
import 'model_ref.dart';
import 'photo.dart';
import 'scored_label.dart';

/// What a model saw in a photo, as the server keeps it.
final class Prediction {
  const Prediction({
    required this.id,
    required this.createdAt,
    required this.label,
    required this.probability,
    required this.top,
    required this.model,
    required this.photo,
  });

  factory Prediction.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return Prediction(
      id: fields.text('id'),
      createdAt: fields.time('created_at'),
      label: fields.text('label'),
      probability: fields.number('probability'),
      top: fields.list('top', ScoredLabel.fromJson),
      model: fields.object('model', ModelRef.fromJson),
      photo: fields.object('image', Photo.fromJson),
    );
  }

  final String id;

  /// In UTC.
  final DateTime createdAt;

  /// The best label, as Keras spells it.
  final String label;

  /// How sure the model is of [label], from 0 to 1.
  final double probability;

  /// The best labels, the best first.
  final List<ScoredLabel> top;
  final ModelRef model;
  final Photo photo;

  /// The best label as people spell it.
  String get displayName => label.replaceAll('_', ' ');

  Map<String, Object?> toJson() => {
        'id': id,
        'created_at': createdAt.toIso8601String(),
        'label': label,
        'probability': probability,
        'top': [for (final scored in top) scored.toJson()],
        'model': model.toJson(),
        'image': photo.toJson(),
      };

  @override
  bool operator ==(Object other) => other is Prediction && other.id == id;

  @override
  int get hashCode => id.hashCode;
}
