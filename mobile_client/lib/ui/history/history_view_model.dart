import '../../data/api/api_exception.dart';
import '../../data/change_queue.dart';
import '../../data/prediction_repository.dart';
import '../../domain/history_filter.dart';
import '../../domain/prediction.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';

/// The history, page by page, and what is being deleted from it.
class HistoryViewModel extends ViewModel {
  HistoryViewModel(this._repository, this._changes) {
    _changes.changes.addListener(notifyListeners);
  }

  final PredictionRepository _repository;
  final ChangeQueue _changes;
  HistoryFilter _filter = const HistoryFilter();
  List<Prediction> _loaded = const [];
  Uri? _next;
  HistoryPage? _copy;

  late final Command<HistoryPage> refresh = command(_firstPage);

  late final Command<HistoryPage> loadMore = command(_nextPage);

  /// What is shown, newest first.
  List<Prediction> get predictions =>
      [..._loaded.where((each) => !_changes.isGone(each.id))];

  HistoryFilter get filter => _filter;

  bool get hasMore => _next != null;

  /// When the oldest copy that is shown was saved; null if all is fresh.
  DateTime? get copySavedAt => _copy?.savedAt;

  /// Why a copy is shown.
  ApiException? get copyReason => _copy?.reason;

  /// Shows only what [filter] asks for.
  Future<void> show(HistoryFilter filter) {
    _filter = filter;
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

  /// Deletes a photo, once that cannot be undone any more.
  Future<Result<void>> delete(Prediction prediction) =>
      Result.of(() => _changes.delete(prediction.id));

  /// Takes a deletion back; false if it is too late.
  Future<bool> undo(Prediction prediction) => _changes.undo(prediction.id);

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

  @override
  void dispose() {
    _changes.changes.removeListener(notifyListeners);
    super.dispose();
  }
}
