import 'json_reader.dart';
import 'label_name.dart';

/// What a person says of an answer.
enum Verdict { right, wrong }

/// Whether an answer was right, and what it is if it was not.
final class Feedback {
  const Feedback(this.verdict, {this.label = '', this.wnid = ''});

  factory Feedback.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return Feedback(
      Verdict.values.asNameMap()[fields.text('verdict')] ??
          (throw const FormatException('a verdict that is none')),
      label: fields.maybe('label', fields.text) ?? '',
      wnid: fields.maybe('wnid', fields.text) ?? '',
    );
  }

  final Verdict verdict;

  /// What it is, where somebody said so.
  final String label;
  final String wnid;

  /// [label] as people spell it.
  String get displayName => nameOfLabel(label);

  /// As the server takes it.
  Map<String, Object?> toJson() => {
        'verdict': verdict.name,
        if (verdict == Verdict.wrong && label.isNotEmpty) 'label': label,
        if (verdict == Verdict.wrong && wnid.isNotEmpty) 'wnid': wnid,
      };

  @override
  bool operator ==(Object other) =>
      other is Feedback &&
      other.verdict == verdict &&
      other.label == label &&
      other.wnid == wnid;

  @override
  int get hashCode => Object.hash(verdict, label, wnid);
}
