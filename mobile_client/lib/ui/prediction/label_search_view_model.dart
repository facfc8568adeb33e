import 'dart:async';

import '../../data/prediction_repository.dart';
import '../../domain/feedback.dart';
import '../../domain/known_label.dart';
import '../../domain/scored_label.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';

/// The labels that a person may mean, found while they type.
class LabelSearchViewModel extends ViewModel {
  LabelSearchViewModel(this._repository, List<ScoredLabel> suggestions)
      : _suggestions = [
          for (final scored in suggestions)
            KnownLabel(label: scored.label, wnid: scored.wnid),
        ];

  final PredictionRepository _repository;
  final List<KnownLabel> _suggestions;
  String _text = '';

  late final Command<List<KnownLabel>> find = command(() async {
    Result<List<KnownLabel>> result;
    String asked;
    do {
      asked = _text;
      result = await _repository.searchLabels(asked);
    } while (asked != _text && !isDisposed);
    return result;
  });

  String get text => _text;

  set text(String typed) {
    _text = typed.trim();
    notifyListeners();
    if (_text.isNotEmpty) unawaited(find.execute());
  }

  /// What may be meant: at first what the model saw, then what was found.
  List<KnownLabel> get labels => switch (find.result) {
        _ when _text.isEmpty => _suggestions,
        Ok(:final value) => value,
        _ => [
            for (final label in _suggestions)
              if (_plain(label.label).contains(_plain(_text))) label,
          ],
      };

  /// Whether what was typed is a name that is not in the list.
  bool get isNew =>
      _text.isNotEmpty &&
      !labels.any((label) => _plain(label.label) == _plain(_text));

  /// It is [label].
  Feedback feedbackFor(KnownLabel label) =>
      Feedback(Verdict.wrong, label: label.label, wnid: label.wnid);

  /// It is what was typed.
  Feedback get feedbackForText => Feedback(Verdict.wrong, label: _text);

  String _plain(String label) => label.replaceAll('_', ' ').toLowerCase();
}
