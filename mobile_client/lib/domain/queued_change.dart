import 'feedback.dart';
import 'json_reader.dart';
import 'queued_upload.dart';

/// What a change does to a prediction.
enum ChangeKind { feedback, deletion }

/// Something about a prediction that the app promised to tell the server.
///
/// There is at most one of each kind for a prediction: the last one counts.
/// To send it twice does what to send it once does.
final class QueuedChange {
  const QueuedChange({
    required this.kind,
    required this.predictionId,
    required this.owner,
    required this.createdAt,
    this.feedback,
    this.revision = 0,
    this.isStuck = false,
    this.attempts = 0,
    this.notBefore,
    this.problem,
  });

  /// Reads what [toJson] wrote.
  factory QueuedChange.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return QueuedChange(
      kind: ChangeKind.values.asNameMap()[fields.text('kind')] ??
          (throw const FormatException('a kind that is none')),
      predictionId: fields.text('prediction'),
      owner: fields.text('owner'),
      createdAt: fields.time('created_at'),
      feedback: fields.maybe(
        'feedback',
        (name) => fields.object(name, Feedback.fromJson),
      ),
      revision: fields.whole('revision'),
      isStuck: fields.flag('is_stuck'),
      attempts: fields.whole('attempts'),
      notBefore: fields.maybe('not_before', fields.time),
      problem: fields.maybe(
        'problem',
        (name) => fields.object(name, UploadProblem.fromJson),
      ),
    );
  }

  final ChangeKind kind;
  final String predictionId;

  /// The server and user it belongs to, as a session's `owner` names them.
  final String owner;
  final DateTime createdAt;

  /// What is said; null takes back what was said, and with a deletion.
  final Feedback? feedback;

  /// Grows each time that the user thinks again.
  final int revision;

  /// Whether it goes no further until somebody decides.
  final bool isStuck;

  /// Tries that failed.
  final int attempts;

  /// When it may be sent.
  final DateTime? notBefore;

  /// Why the last try failed.
  final UploadProblem? problem;

  /// Names it among the changes of its owner.
  String get id => '${kind.name}-$predictionId';

  /// The same change after a try; [notBefore] and [problem] are as given.
  QueuedChange tried({
    bool isStuck = false,
    int? attempts,
    DateTime? notBefore,
    UploadProblem? problem,
  }) =>
      QueuedChange(
        kind: kind,
        predictionId: predictionId,
        owner: owner,
        createdAt: createdAt,
        feedback: feedback,
        revision: revision,
        isStuck: isStuck,
        attempts: attempts ?? this.attempts,
        notBefore: notBefore,
        problem: problem,
      );

  Map<String, Object?> toJson() => {
        'kind': kind.name,
        'prediction': predictionId,
        'owner': owner,
        'created_at': createdAt.toIso8601String(),
        'feedback': feedback?.toJson(),
        'revision': revision,
        'is_stuck': isStuck,
        'attempts': attempts,
        'not_before': notBefore?.toIso8601String(),
        'problem': problem?.toJson(),
      };
}
