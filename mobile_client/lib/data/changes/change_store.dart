import 'dart:convert';

import '../../domain/queued_change.dart';
import '../../utils/sha256.dart';
import '../storage/app_folder.dart';

/// Keeps changes on the phone, each in a file that is there whole or not at
/// all.
class ChangeStore {
  ChangeStore(this._folder);

  final AppFolder _folder;

  /// The changes of [owner], oldest first.
  Future<List<QueuedChange>> load(String owner) async {
    final folder = _folderOf(owner);
    final changes = <QueuedChange>[];
    for (final name in await _folder.list(folder)) {
      final change = name.endsWith(_suffix)
          ? _parsed(await _folder.readJson('$folder/$name'))
          : null;
      if (change == null) {
        await _folder.delete('$folder/$name');
      } else {
        changes.add(change);
      }
    }
    for (final superseded in _superseded(changes)) {
      await remove(superseded);
      changes.remove(superseded);
    }
    return changes..sort((a, b) => a.createdAt.compareTo(b.createdAt));
  }

  /// Writes a change over what was written of it before.
  Future<void> save(QueuedChange change) =>
      _folder.writeJson(_nameOf(change), change.toJson());

  Future<void> remove(QueuedChange change) => _folder.delete(_nameOf(change));

  /// Deletes everything of [owner].
  Future<void> removeAll(String owner) =>
      _folder.deleteFolder(_folderOf(owner));

  /// What is said of predictions that are to be deleted.
  List<QueuedChange> _superseded(List<QueuedChange> changes) {
    final leaving = {
      for (final change in changes)
        if (change.kind == ChangeKind.deletion) change.predictionId,
    };
    return [
      for (final change in changes)
        if (change.kind != ChangeKind.deletion &&
            leaving.contains(change.predictionId))
          change,
    ];
  }

  QueuedChange? _parsed(Object? json) {
    try {
      return QueuedChange.fromJson(json);
    } on FormatException {
      return null;
    }
  }

  String _nameOf(QueuedChange change) =>
      '${_folderOf(change.owner)}/${Uri.encodeComponent(change.id)}$_suffix';
}

const String _suffix = '.change';

String _folderOf(String owner) =>
    'changes/${Sha256.hexOf(utf8.encode(owner)).substring(0, 16)}';
