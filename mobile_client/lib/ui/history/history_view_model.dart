import 'dart:async';

import '../../data/api/api_exception.dart';
import '../../data/prediction_repository.dart';
import '../../domain/history_filter.dart';
import '../../domain/prediction.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';

/// The history, page by page, and what is being deleted from it.
class HistoryViewModel extends ViewModel {
  HistoryViewModel(this._repository);

  final PredictionRepository _repository;
  HistoryFilter _filter = const HistoryFilter();
  List<Prediction> _loaded = const [];
  Uri? _next;
  HistoryPage? _copy;

  /// Swiped away, but not deleted before the chance to undo is over.
  final Set<Prediction> _leaving = {};

  late final Command<HistoryPage> refresh = command(_firstPage);

  late final Command<HistoryPage> loadMore = command(_nextPage);

  /// What is shown, newest first.
  List<Prediction> get predictions =>
      [..._loaded.where((each) => !_leaving.contains(each))];

  HistoryFilter get filter => _filter;

  bool get hasMore => _next != null;

  /// When the oldest copy that is shown was saved; null if all is fresh.
  DateTime? get copySavedAt => _copy?.savedAt;

  /// Why a copy is shown.
  ApiException? get copyReason => _copy?.reason;

  /// Shows only photos with this label; null for all.
  Future<void> showOnly(String? label) {
    _filter = HistoryFilter(label: label);
    _loaded = const [];
    _next = null;
    _copy = null;
    notifyListeners();
    return refresh.execute();
  }

  /// Loads older photos, unless that is going on or has just failed.
  Future<void> wantMore() async {
    final isBusy = loadMore.running || refresh.running;
    if (hasMore && !isBusy && loadMore.error == null) await loadMore.execute();
  }

  /// Takes a photo out of the list, for now.
  void hide(Prediction prediction) {
    _leaving.add(prediction);
    notifyListeners();
  }

  /// Puts a photo back into the list.
  void undo(Prediction prediction) {
    _leaving.remove(prediction);
    notifyListeners();
  }

  /// Deletes a hidden photo for good; it comes back if that fails. Gives the
  /// failure.
  Future<ApiException?> delete(Prediction prediction) async {
    if (isDisposed || !_leaving.contains(prediction)) return null;
    final result = await _repository.delete(prediction);
    if (result is Ok<void>) {
      _loaded = [..._loaded.where((each) => each != prediction)];
    }
    _leaving.remove(prediction);
    notifyListeners();
    return switch (result) {
      Failed(:final error) => error,
      Ok() => null,
    };
  }

  Future<Result<HistoryPage>> _firstPage() async {
    HistoryFilter asked;
    Result<HistoryPage> result;
    do {
      asked = _filter;
      result = await _repository.firstPage(asked);
    } while (asked != _filter && !isDisposed);
    if (result case Ok(value: final page)) {
      _loaded = page.predictions;
      _next = page.next;
      _copy = page.isOffline ? page : null;
      loadMore.clear();
    }
    return result;
  }

  Future<Result<HistoryPage>> _nextPage() async {
    final next = _next!;
    final result = await _repository.nextPage(next, _filter);
    if (result case Ok(value: final page) when next == _next) {
      _loaded = [..._loaded, ...page.predictions];
      _next = page.next;
      if (page.isOffline) _copy = page;
    }
    return result;
  }

  /// Deletes what is hidden: nobody can undo it any more.
  @override
  void dispose() {
    for (final prediction in _leaving) {
      unawaited(_repository.delete(prediction));
    }
    super.dispose();
  }
}
