import 'dart:io';
import 'dart:typed_data';

import '../../domain/feedback.dart';
import '../../domain/known_label.dart';
import '../../domain/prediction.dart';
import '../../domain/queued_change.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';
import 'prediction_tools.dart';

/// One prediction, its photo, and all that can be done with it.
class PredictionViewModel extends ViewModel {
  PredictionViewModel(this._tools, this._prediction) {
    _tools.changes.changes.addListener(notifyListeners);
  }

  final PredictionTools _tools;
  Prediction _prediction;
  KnownLabel? _explained;

  Prediction get prediction => _prediction;

  /// The photo as it was sent.
  late final Command<Uint8List> photo =
      command(() => _tools.predictions.image(_prediction));

  /// Where the model saw [explained], as a picture of the photo's shape.
  late final Command<Uint8List> why =
      command(() => _tools.predictions.why(_prediction, _explained!));

  /// What the heat map is about; null while there is none.
  KnownLabel? get explained => _explained;

  late final Command<Prediction> classifyAgain = command(() async {
    final result = await _tools.predictions.classifyAgain(_prediction);
    if (result case Ok(:final value)) {
      _prediction = value;
      _explained = null;
      why.clear();
    }
    return result;
  });

  /// The photo as a file for other apps.
  late final Command<File> file = command(() => _tools.files.of(_prediction));

  /// What was said of it, sent or not.
  Feedback? get feedback => _tools.changes.feedbackOf(_prediction);

  /// What was said, while it waits to be sent.
  QueuedChange? get waiting => _tools.changes.waitingFor(_prediction.id);

  /// Says something of the answer; null takes back what was said.
  late final Command<void> said = command(
    () => Result.of(() => _tools.changes.say(_prediction.id, _words)),
  );

  Feedback? _words;

  Future<void> say(Feedback? feedback) {
    _words = feedback;
    return said.execute();
  }

  /// Sends again what the server did not take.
  void retryFeedback() => _tools.changes.wake();

  /// Lets go of what the server did not take.
  Future<void> dropFeedback(QueuedChange change) =>
      _tools.changes.discard(change);

  /// Lays a heat map for [label] over the photo, or takes it away for null.
  Future<void> explain(KnownLabel? label) async {
    _explained = label;
    if (label == null) {
      why.clear();
    } else {
      await why.execute();
    }
  }

  /// Hands the photo with [text] to another app.
  Future<void> share(String text) async {
    await file.execute();
    if (file.result case Ok(:final value)) {
      await _tools.share.file(value, text: text);
    }
  }

  /// Adds the photo to those of the phone; null if it could not be fetched.
  Future<bool?> save() async {
    await file.execute();
    return switch (file.result) {
      Ok(:final value) => await _tools.album.save(value),
      _ => null,
    };
  }

  late final Command<void> deletion = command(
    () => Result.of(() => _tools.changes.delete(_prediction.id)),
  );

  /// Takes the deletion back; false if it is too late.
  Future<bool> undo() => _tools.changes.undo(_prediction.id);

  @override
  void dispose() {
    _tools.changes.changes.removeListener(notifyListeners);
    super.dispose();
  }
}
