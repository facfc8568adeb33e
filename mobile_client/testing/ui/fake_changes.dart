import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/change_queue.dart';
import 'package:image_classifier/domain/feedback.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/domain/queued_change.dart';
import 'package:image_classifier/utils/observable.dart';

import '../examples.dart';

/// A queue of changes that keeps them until a test looks.
class FakeChangeQueue implements ChangeQueue {
  @override
  final Observable<List<QueuedChange>> changes = Observable(const []);

  /// Why the next change cannot be kept; null if it can.
  ApiException? refusal;

  /// Whether a deletion can still be taken back.
  bool canUndo = true;

  /// What was asked for, in order.
  final List<String> calls = [];

  /// Puts [change] into the list, in place of its earlier self.
  void show(QueuedChange change) => changes.value = [
        ...changes.value.where((each) => each.id != change.id),
        change,
      ];

  @override
  Feedback? feedbackOf(Prediction prediction) {
    final queued = waitingFor(prediction.id);
    return queued == null ? prediction.feedback : queued.feedback;
  }

  @override
  QueuedChange? waitingFor(String predictionId) => changes.value
      .where(
        (each) =>
            each.kind == ChangeKind.feedback &&
            each.predictionId == predictionId,
      )
      .firstOrNull;

  @override
  bool isGone(String predictionId) => changes.value.any(
        (each) =>
            each.kind == ChangeKind.deletion &&
            each.predictionId == predictionId,
      );

  @override
  Future<void> say(String predictionId, Feedback? feedback) async {
    calls.add('say $predictionId ${feedback?.toJson()}');
    if (refusal case final refusal?) throw refusal;
    show(exampleChange(predictionId: predictionId, feedback: feedback));
  }

  @override
  Future<void> delete(String predictionId) async {
    calls.add('delete $predictionId');
    if (refusal case final refusal?) throw refusal;
    show(
      exampleChange(kind: ChangeKind.deletion, predictionId: predictionId),
    );
  }

  @override
  Future<bool> undo(String predictionId) async {
    calls.add('undo $predictionId');
    if (!canUndo) return false;
    changes.value = [
      ...changes.value.where((each) => each.predictionId != predictionId),
    ];
    return true;
  }

  @override
  Future<bool> discard(QueuedChange change) async {
    calls.add('discard ${change.id}');
    changes.value = [...changes.value.where((each) => each.id != change.id)];
    return true;
  }

  @override
  Future<void> forget(String owner) async {}

  @override
  Future<void> start() async {}

  @override
  Future<void> stop() async {}

  @override
  void wake() => calls.add('wake');
}

/// A change of the example session's user.
QueuedChange exampleChange({
  ChangeKind kind = ChangeKind.feedback,
  String predictionId = '0b0d5b6e-9f43-4f0e-8d0a-1d9f6a3b7c11',
  Feedback? feedback,
}) =>
    QueuedChange(
      kind: kind,
      predictionId: predictionId,
      owner: exampleSession().owner,
      createdAt: DateTime.utc(2026, 5),
      feedback: feedback,
    );
