import 'json_reader.dart';
import 'label_name.dart';

/// How much a server stands by what it saw.
enum AnswerKind {
  /// One class, surely.
  exact,

  /// A kind that several classes belong to, surely.
  broader,

  /// Nothing, surely.
  unsure,
}

/// What a server stands by.
final class Answer {
  const Answer({
    required this.kind,
    required this.label,
    required this.wnid,
    required this.probability,
  });

  factory Answer.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    final kind = AnswerKind.values.asNameMap()[fields.text('kind')];
    return Answer(
      kind: kind ?? AnswerKind.unsure,
      label: fields.maybe('label', fields.text) ?? '',
      wnid: fields.maybe('wnid', fields.text) ?? '',
      probability: fields.maybe('probability', fields.number) ?? 0,
    );
  }

  final AnswerKind kind;

  /// The class or the kind; empty if unsure.
  final String label;
  final String wnid;
  final double probability;

  /// [label] as people spell it.
  String get displayName => nameOfLabel(label);

  Map<String, Object?> toJson() => {
        'kind': kind.name,
        'label': label,
        'wnid': wnid,
        'probability': probability,
      };
}
