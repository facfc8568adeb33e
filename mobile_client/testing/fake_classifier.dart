import 'dart:collection';
import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/cancel_token.dart';
import 'package:image_classifier/data/api/exchange.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/observable.dart';
import 'package:image_classifier/utils/sha256.dart';
import 'package:image_classifier/utils/uuid.dart';

import 'examples.dart';
import 'faulty_file_system.dart';

/// A server that keeps the API's promises about uploads: the same key with
/// the same bytes gets the same answer, with other bytes none, and bytes
/// that are not those of the digest are refused.
class FakeClassifier {
  final Map<String, (String sha256, Prediction answer)> _answers = {};

  /// What happens to the next uploads, one each; null lets it through.
  final Queue<Object?> script = Queue();

  /// The hashes of the photos that were classified, in order.
  final List<String> classified = [];

  /// All uploads that arrived.
  final List<QueuedUpload> received = [];

  /// How many uploads were half through so far.
  final Observable<int> halfThrough = Observable(0);

  /// How often each photo was classified.
  int timesClassified(String sha256) =>
      classified.where((each) => each == sha256).length;

  /// Takes an upload; [life] is that of the app which sends it.
  Future<Prediction> send(
    QueuedUpload upload, {
    required ProgressListener onProgress,
    required CancelToken cancel,
    Lifeline? life,
  }) async {
    Future<T> step<T>(String name, Future<T> Function() action) =>
        life == null ? action() : life.step(name, action);

    received.add(upload);
    await step('connect', () async {});
    final bytes = await File(upload.path).readAsBytes();
    await step('send the first half', () async {
      onProgress(bytes.length ~/ 2, bytes.length);
    });
    final event = script.isEmpty ? null : script.removeFirst();
    halfThrough.value++;
    await _follow(event, cancel);
    onProgress(bytes.length, bytes.length);
    final answer = await step(
      'send the rest',
      () async => _classify(upload, Sha256.hexOf(bytes)),
    );
    await step('receive the answer', () async {});
    return answer;
  }

  Future<void> _follow(Object? event, CancelToken cancel) async {
    switch (event) {
      case final ApiException failure:
        throw failure;
      case final Future<void> wait:
        await Future.any([wait, cancel.whenCancelled]);
        if (cancel.isCancelled) throw const CancelledException();
    }
  }

  Prediction _classify(QueuedUpload upload, String sha256) {
    if (sha256 != upload.sha256) throw rejection(400, 'digest_mismatch');
    final key = '${upload.owner} ${upload.idempotencyKey}';
    final (known, answer) = _answers[key] ?? ('', null);
    if (answer != null) {
      return known == sha256
          ? answer
          : throw rejection(422, 'idempotency_key_reused');
    }
    classified.add(sha256);
    final made = Prediction.fromJson(
      predictionJson(id: newUuid(), sha256: sha256),
    );
    _answers[key] = (sha256, made);
    return made;
  }
}

RejectedException rejection(int status, String code) =>
    RejectedException(status: status, serverCode: code, detail: 'In words.');
