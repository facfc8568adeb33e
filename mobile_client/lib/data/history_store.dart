import 'dart:convert';
import 'dart:typed_data';

import '../config.dart' as config;
import '../domain/history_filter.dart';
import '../domain/json_reader.dart';
import '../domain/prediction.dart';
import '../domain/prediction_page.dart';
import '../utils/sha256.dart';
import '../utils/unexpected.dart';
import 'api/api_exception.dart';
import 'storage/app_folder.dart';

/// A page of the history as it was at a time.
final class SavedPage {
  const SavedPage({required this.page, required this.savedAt, this.address});

  factory SavedPage.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return SavedPage(
      page: PredictionPage.fromJson(json),
      savedAt: fields.time('saved_at'),
      address: fields.maybe('address', fields.uri),
    );
  }

  final PredictionPage page;
  final DateTime savedAt;

  /// Where it was fetched from; null for the newest page.
  final Uri? address;

  Map<String, Object?> toJson() => {
        'saved_at': savedAt.toIso8601String(),
        'address': address?.toString(),
        'next': page.next?.toString(),
        'results': [for (final each in page.results) each.toJson()],
      };
}

/// The last pages and thumbnails, kept on the phone for when there is no
/// network. It is a copy: what cannot be kept is not missed.
class HistoryStore {
  HistoryStore(this._folder);

  final AppFolder _folder;

  /// The saved pages of [owner], newest first.
  Future<List<SavedPage>> pages(String owner) async {
    final pages = <SavedPage>[];
    for (var i = 0; i < config.offlinePagesKept; i++) {
      final page = _parsed(await _folder.readJson(_pageName(owner, i)));
      if (page == null || !_follows(pages, page)) break;
      pages.add(page);
    }
    return pages;
  }

  /// Keeps a page behind the one that it follows; without an address it is
  /// the newest.
  Future<void> savePage(
    String owner,
    PredictionPage page, {
    required DateTime now,
    Uri? address,
  }) async {
    final index = address == null ? 0 : await _indexAfter(owner, address);
    if (index == null || index >= config.offlinePagesKept) return;
    final saved = SavedPage(page: page, savedAt: now, address: address);
    await _write(owner, index, saved);
  }

  /// The saved predictions that [filter] matches, and the oldest time at
  /// which a page of them was saved; null if none was.
  Future<(List<Prediction>, DateTime)?> matching(
    String owner,
    HistoryFilter filter,
  ) async {
    final saved = await pages(owner);
    if (saved.isEmpty) return null;
    final found = [
      for (final each in saved) ...each.page.results.where(filter.matches),
    ];
    final times = [for (final each in saved) each.savedAt]..sort();
    return (filter.ordered(found), times.first);
  }

  /// A saved prediction.
  Future<Prediction?> find(String owner, String id) async {
    for (final saved in await pages(owner)) {
      for (final prediction in saved.page.results) {
        if (prediction.id == id) return prediction;
      }
    }
    return null;
  }

  /// Takes a prediction that was deleted out of the copy.
  Future<void> forget(String owner, String id) async {
    await _rewrite(owner, id, (_) => null);
    await _try(() => _folder.delete(_thumbnailName(owner, id)));
  }

  /// Puts the newest state of a prediction into the copy.
  Future<void> replace(String owner, Prediction newest) =>
      _rewrite(owner, newest.id, (_) => newest);

  Future<Uint8List?> thumbnail(String owner, String id) async {
    try {
      return await _folder.readBytes(_thumbnailName(owner, id));
    } on PhoneStorageException {
      return null;
    }
  }

  /// Keeps a thumbnail, and lets go of the oldest if there are too many.
  Future<void> saveThumbnail(String owner, String id, Uint8List bytes) =>
      _try(() async {
        await _folder.writeBytes(_thumbnailName(owner, id), bytes);
        final folder = '${_folderOf(owner)}/thumbnails';
        final names = await _folder.list(folder);
        final excess = names.length - config.offlineThumbnailsKept;
        for (final name in names.take(excess < 0 ? 0 : excess)) {
          await _folder.delete('$folder/$name');
        }
      });

  /// Deletes the copies of all accounts.
  Future<void> wipe() => _folder.deleteFolder(_root);

  Future<void> _rewrite(
    String owner,
    String id,
    Prediction? Function(Prediction) change,
  ) async {
    final saved = await pages(owner);
    for (final (i, each) in saved.indexed) {
      if (!each.page.results.any((prediction) => prediction.id == id)) continue;
      final results = <Prediction>[];
      for (final prediction in each.page.results) {
        final next = prediction.id == id ? change(prediction) : prediction;
        if (next != null) results.add(next);
      }
      final rewritten = SavedPage(
        page: PredictionPage(results: results, next: each.page.next),
        savedAt: each.savedAt,
        address: each.address,
      );
      await _write(owner, i, rewritten);
    }
  }

  Future<void> _write(String owner, int index, SavedPage page) =>
      _try(() => _folder.writeJson(_pageName(owner, index), page.toJson()));

  Future<int?> _indexAfter(String owner, Uri address) async {
    final saved = await pages(owner);
    final before = saved.indexWhere((each) => each.page.next == address);
    return before < 0 ? null : before + 1;
  }

  bool _follows(List<SavedPage> before, SavedPage page) => before.isEmpty
      ? page.address == null
      : page.address != null && before.last.page.next == page.address;

  SavedPage? _parsed(Object? json) {
    if (json == null) return null;
    try {
      return SavedPage.fromJson(json);
    } on FormatException {
      return null;
    }
  }

  Future<void> _try(Future<void> Function() action) async {
    try {
      await action();
    } on PhoneStorageException {
      return;
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
    }
  }
}

const String _root = 'history';

String _folderOf(String owner) =>
    '$_root/${Sha256.hexOf(utf8.encode(owner)).substring(0, 16)}';

String _pageName(String owner, int i) => '${_folderOf(owner)}/page-$i.json';

String _thumbnailName(String owner, String id) =>
    '${_folderOf(owner)}/thumbnails/${Uri.encodeComponent(id)}.jpg';
