import 'answer.dart';
import 'feedback.dart';
import 'json_reader.dart';
import 'label_name.dart';
import 'model_ref.dart';
import 'photo.dart';
import 'quality.dart';
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
    required this.answer,
    this.quality = const Quality(),
    this.feedback,
  });

  factory Prediction.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    T? maybe<T>(String name, T Function(Object? json) read) =>
        fields.maybe(name, (name) => fields.object(name, read));
    return Prediction(
      id: fields.text('id'),
      createdAt: fields.time('created_at'),
      label: fields.text('label'),
      probability: fields.number('probability'),
      top: fields.list('top', ScoredLabel.fromJson),
      model: fields.object('model', ModelRef.fromJson),
      photo: fields.object('image', Photo.fromJson),
      answer: maybe('answer', Answer.fromJson) ??
          // A server of an older version stands by its best label.
          Answer(
            kind: AnswerKind.exact,
            label: fields.text('label'),
            wnid: '',
            probability: fields.number('probability'),
          ),
      quality: maybe('quality', Quality.fromJson) ?? const Quality(),
      feedback: maybe('feedback', Feedback.fromJson),
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

  /// What the server stands by.
  final Answer answer;
  final Quality quality;

  /// What was said of it; null if nothing was.
  final Feedback? feedback;

  /// The best label as people spell it.
  String get displayName => nameOfLabel(label);

  Map<String, Object?> toJson() => {
        'id': id,
        'created_at': createdAt.toIso8601String(),
        'label': label,
        'probability': probability,
        'top': [for (final scored in top) scored.toJson()],
        'model': model.toJson(),
        'image': photo.toJson(),
        'answer': answer.toJson(),
        'quality': quality.toJson(),
        'feedback': feedback?.toJson(),
      };

  @override
  bool operator ==(Object other) => other is Prediction && other.id == id;

  @override
  int get hashCode => id.hashCode;
}
