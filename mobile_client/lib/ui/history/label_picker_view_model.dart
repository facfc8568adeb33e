import '../../data/prediction_repository.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';

/// The labels that the history can be filtered by.
class LabelPickerViewModel extends ViewModel {
  LabelPickerViewModel(this._repository);

  final PredictionRepository _repository;
  String _search = '';

  late final Command<List<String>> load = command(_repository.labels);

  set search(String text) {
    _search = text;
    notifyListeners();
  }

  /// Each label once, those with the searched text in their name.
  List<String> get labels => switch (load.result) {
        Ok(:final value) => {
            for (final label in value)
              if (_plain(label).contains(_plain(_search.trim()))) label,
          }.toList(),
        _ => const [],
      };

  String _plain(String label) => label.replaceAll('_', ' ').toLowerCase();
}
