import 'dart:typed_data';

import '../domain/history_filter.dart';
import '../domain/known_label.dart';
import '../domain/prediction.dart';
import '../domain/prediction_page.dart';
import '../utils/clock.dart';
import '../utils/result.dart';
import 'api/api_exception.dart';
import 'api/models_api.dart' as api;
import 'api/predictions_api.dart' as api;
import 'history_store.dart';
import 'session_repository.dart';

/// A piece of the history to show.
final class HistoryPage {
  const HistoryPage({
    required this.predictions,
    this.next,
    this.isOffline = false,
    this.savedAt,
    this.reason,
  });

  final List<Prediction> predictions;

  /// Where older ones are; null if there are none.
  final Uri? next;

  /// Whether it is the phone's copy.
  final bool isOffline;

  /// When the copy was made.
  final DateTime? savedAt;

  /// Why it is the copy.
  final ApiException? reason;
}

/// What the account sent so far: from the server, and where that cannot be
/// reached from the copy on the phone.
class PredictionRepository {
  PredictionRepository(
    this._sessions,
    this._copy, {
    Clock clock = const SystemClock(),
  }) : _clock = clock;

  final SessionRepository _sessions;
  final HistoryStore _copy;
  final Clock _clock;

  Future<Result<HistoryPage>> firstPage(HistoryFilter filter) => _page(
        filter,
        address: null,
        fetch: () => api.listPredictions(_sessions.connection, filter: filter),
        saved: () => _copy.matching(_owner, filter),
      );

  Future<Result<HistoryPage>> nextPage(Uri next, HistoryFilter filter) => _page(
        filter,
        address: next,
        fetch: () => api.listMorePredictions(_sessions.connection, next),
        saved: () => _savedFrom(next, filter),
      );

  /// One prediction.
  Future<Result<Prediction>> get(String id) => Result.of(() async {
        try {
          return await api.getPrediction(_sessions.connection, id);
        } on ApiException catch (failure) {
          if (!_mayUseCopy(failure)) rethrow;
          return await _copy.find(_owner, id) ?? (throw failure);
        }
      });

  /// The stored photo's answer by the model that serves now.
  Future<Result<Prediction>> classifyAgain(Prediction prediction) =>
      Result.of(() async {
        final again =
            await api.classifyAgain(_sessions.connection, prediction.id);
        await _copy.replace(_owner, again);
        return again;
      });

  /// Where the model saw [label], as a picture of the photo's shape.
  Future<Result<Uint8List>> why(Prediction prediction, KnownLabel label) =>
      Result.of(
        () async => api.getWhy(
          _sessions.connection,
          prediction.id,
          wnid: label.wnid,
          label: label.label,
        ),
      );

  /// The labels that the serving model knows with [text] in their name.
  Future<Result<List<KnownLabel>>> searchLabels(String text) => Result.of(
        () async => api.listLabels(_sessions.connection, search: text),
      );

  /// The small picture, from the phone if it is there: it never changes.
  Future<Result<Uint8List>> thumbnail(Prediction prediction) =>
      Result.of(() async {
        final owner = _owner;
        final kept = await _copy.thumbnail(owner, prediction.id);
        if (kept != null) return kept;
        final bytes = await api.getThumbnail(_sessions.connection, prediction);
        if (_sessions.session.value?.owner == owner) {
          await _copy.saveThumbnail(owner, prediction.id, bytes);
        }
        return bytes;
      });

  /// The photo as it was sent.
  Future<Result<Uint8List>> image(Prediction prediction) => Result.of(
        () async => api.getImage(_sessions.connection, prediction),
      );

  /// The labels that the history can be filtered by: those the model knows,
  /// or, without a network, those in the copy.
  Future<Result<List<String>>> labels() => Result.of(() async {
        try {
          final known = await api.listLabels(_sessions.connection);
          return [for (final each in known) each.label];
        } on ApiException catch (failure) {
          if (!_mayUseCopy(failure)) rethrow;
          final saved = await _copy.matching(_owner, const HistoryFilter());
          if (saved == null) rethrow;
          return {for (final each in saved.$1) each.label}.toList()..sort();
        }
      });

  Future<Result<HistoryPage>> _page(
    HistoryFilter filter, {
    required Uri? address,
    required Future<PredictionPage> Function() fetch,
    required Future<(List<Prediction>, DateTime)?> Function() saved,
  }) =>
      Result.of(() async {
        final owner = _owner;
        try {
          final page = await fetch();
          if (filter.isEmpty && _sessions.session.value?.owner == owner) {
            await _copy.savePage(
              owner,
              page,
              now: _clock.now(),
              address: address,
            );
          }
          return HistoryPage(predictions: page.results, next: page.next);
        } on ApiException catch (failure) {
          if (!_mayUseCopy(failure)) rethrow;
          final (predictions, savedAt) = await saved() ?? (throw failure);
          return HistoryPage(
            predictions: predictions,
            isOffline: true,
            savedAt: savedAt,
            reason: failure,
          );
        }
      });

  /// The copy from the page at [next] on.
  Future<(List<Prediction>, DateTime)?> _savedFrom(
    Uri next,
    HistoryFilter filter,
  ) async {
    final pages = await _copy.pages(_owner);
    final rest = pages.skipWhile((page) => page.address != next).toList();
    if (rest.isEmpty) return null;
    return (
      [for (final each in rest) ...each.page.results.where(filter.matches)],
      rest.last.savedAt,
    );
  }

  String get _owner =>
      _sessions.session.value?.owner ?? (throw const UnauthorisedException());

  /// Whether the server could not be asked, rather than said no.
  bool _mayUseCopy(ApiException failure) => switch (failure) {
        OfflineException() ||
        TimeOutException() ||
        ThrottledException() ||
        OverloadedException() ||
        ServerException() ||
        MalformedAnswerException() ||
        ForeignOriginException() ||
        UntrustedCertificateException() =>
          true,
        _ => false,
      };
}
