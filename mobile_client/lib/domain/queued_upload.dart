import '../data/api/error_code.dart';
import 'json_reader.dart';
import 'prediction.dart';

/// Where a photo is on its way to the server.
enum UploadState {
  /// It will be sent by itself.
  waiting,

  /// Its bytes are going out, or its answer is awaited.
  sending,

  /// It has its prediction.
  done,

  /// It goes no further until somebody decides.
  needsYou,
}

/// Why a photo is not through yet.
final class UploadProblem {
  const UploadProblem(this.code, [this.detail]);

  factory UploadProblem.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return UploadProblem(
      ErrorCode.values.asNameMap()[fields.text('code')] ??
          ErrorCode.unknownRejection,
      fields.maybe('detail', fields.text),
    );
  }

  final ErrorCode code;

  /// The server's own words, if it had any.
  final String? detail;

  Map<String, Object?> toJson() => {'code': code.name, 'detail': detail};
}

/// A photo that the app promised to send, once.
final class QueuedUpload {
  const QueuedUpload({
    required this.id,
    required this.path,
    required this.sha256,
    required this.bytes,
    required this.createdAt,
    required this.owner,
    String? idempotencyKey,
    this.replaces,
    this.state = UploadState.waiting,
    this.attempts = 0,
    this.notBefore,
    this.problem,
    this.prediction,
  }) : idempotencyKey = idempotencyKey ?? id;

  /// Reads what [toJson] wrote; [path] is where the photo is now, because
  /// the folder of an app may move with an update.
  factory QueuedUpload.fromJson(Object? json, {required String path}) {
    final fields = JsonReader.of(json);
    final state = UploadState.values.byName(fields.text('state'));
    return QueuedUpload(
      id: fields.text('id'),
      path: path,
      sha256: fields.text('sha256'),
      bytes: fields.whole('bytes'),
      createdAt: fields.time('created_at'),
      owner: fields.text('owner'),
      idempotencyKey: fields.text('idempotency_key'),
      replaces: fields.maybe('replaces', fields.text),
      state: state == UploadState.sending ? UploadState.waiting : state,
      attempts: fields.whole('attempts'),
      notBefore: fields.maybe('not_before', fields.time),
      problem: fields.maybe(
        'problem',
        (name) => fields.object(name, UploadProblem.fromJson),
      ),
      prediction: fields.maybe(
        'prediction',
        (name) => fields.object(name, Prediction.fromJson),
      ),
    );
  }

  final String id;

  /// Where the app's own copy of the photo is.
  final String path;

  /// The hash of the photo, in hexadecimal.
  final String sha256;

  /// The size of the photo.
  final int bytes;
  final DateTime createdAt;

  /// The server and user it belongs to, as a session's `owner` names them.
  final String owner;

  /// What makes the server answer the same again; [id] at first.
  final String idempotencyKey;

  /// The photo in whose place it came: that one is to be removed.
  final String? replaces;
  final UploadState state;

  /// Tries that failed.
  final int attempts;

  /// When it may be tried again.
  final DateTime? notBefore;

  /// Why the last try failed.
  final UploadProblem? problem;

  /// Set when [state] is [UploadState.done].
  final Prediction? prediction;

  /// Whether it was never to be sent before somebody says so.
  bool get isHeld => state == UploadState.needsYou && problem == null;

  /// Whether it is on its way, or will be without anybody's help.
  bool get isPending =>
      state == UploadState.waiting || state == UploadState.sending;

  /// The same photo one step further. What is not given is kept, but
  /// [notBefore] and [problem] are cleared.
  QueuedUpload moved(
    UploadState state, {
    int? attempts,
    DateTime? notBefore,
    UploadProblem? problem,
    Prediction? prediction,
    String? idempotencyKey,
  }) =>
      QueuedUpload(
        id: id,
        path: path,
        sha256: sha256,
        bytes: bytes,
        createdAt: createdAt,
        owner: owner,
        idempotencyKey: idempotencyKey ?? this.idempotencyKey,
        replaces: replaces,
        state: state,
        attempts: attempts ?? this.attempts,
        notBefore: notBefore,
        problem: problem,
        prediction: prediction ?? this.prediction,
      );

  Map<String, Object?> toJson() => {
        'id': id,
        'sha256': sha256,
        'bytes': bytes,
        'created_at': createdAt.toIso8601String(),
        'owner': owner,
        'idempotency_key': idempotencyKey,
        'replaces': replaces,
        'state': state.name,
        'attempts': attempts,
        'not_before': notBefore?.toIso8601String(),
        'problem': problem?.toJson(),
        'prediction': prediction?.toJson(),
      };
}
