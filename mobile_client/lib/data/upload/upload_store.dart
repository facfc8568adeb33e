import 'dart:convert';
import 'dart:io';

import '../../config.dart' as config;
import '../../domain/queued_upload.dart';
import '../../utils/sha256.dart';
import '../../utils/uuid.dart';
import '../api/api_exception.dart';
import '../api/error_code.dart';
import '../storage/app_folder.dart';

/// Keeps photos and what is known about them on the phone, so that no moment
/// at which the app may be killed loses one or doubles one.
///
/// Each account has a folder with two files for a photo: `ID.photo` is
/// written first, `ID.json` makes it a job. To remove both, the job is
/// renamed `ID.removed` first. So a photo without a job is one whose job
/// could not be written any more: [load] makes it a job again, with the
/// same key. If there is more to know of it, `ID.draft` says it, which is
/// written before the photo.
class UploadStore {
  UploadStore(this._folder, {String Function() newId = newUuid})
      : _newId = newId;

  final AppFolder _folder;
  final String Function() _newId;

  /// The jobs of [owner], oldest first, after clearing up what a killed app
  /// left half done.
  Future<List<QueuedUpload>> load(String owner, {required DateTime now}) async {
    final folder = _folderOf(owner);
    await _clearUp(folder);
    final names = await _folder.list(folder);
    final jobs = <QueuedUpload>[];
    for (final name in names.where((name) => name.endsWith(_job))) {
      final job = await _read(folder, name, names.contains(_photoOf(name)));
      if (job != null) jobs.add(job);
    }
    for (final name in names.where((name) => name.endsWith(_photo))) {
      final id = _idOf(name);
      if (jobs.any((job) => job.id == id)) continue;
      final draft = await _folder.readJson('$folder/$id$_draft');
      final job = await _describe(id, owner: owner, now: now, draft: draft);
      await save(job);
      jobs.add(job);
    }
    for (final name in names.where((name) => name.endsWith(_draft))) {
      await _folder.delete('$folder/$name');
    }
    await _removeReplaced(jobs);
    jobs.sort((a, b) => a.createdAt.compareTo(b.createdAt));
    return _withoutOldDone(jobs);
  }

  /// Copies [photo] and makes it a job; a photo that is waiting already, as
  /// one of [jobs], is not doubled. One that is [held] is not to be sent yet;
  /// [replaces] is the photo in whose place it comes, which [load] removes if
  /// nobody did.
  ///
  /// Throws a [PhoneStorageException].
  Future<QueuedUpload> keep(
    File photo, {
    required String owner,
    required DateTime now,
    required List<QueuedUpload> jobs,
    bool held = false,
    String? replaces,
  }) async {
    final sha256 = (await _hash(_source(photo))).$1;
    final twin = _twin(jobs, sha256, held: held);
    if (twin != null) return twin;
    final id = _newId();
    final name = '${_folderOf(owner)}/$id$_photo';
    final draft = {'held': held, 'replaces': replaces};
    if (held || replaces != null) {
      await _folder.writeJson('${_folderOf(owner)}/$id$_draft', draft);
    }
    await _folder.write(name, _source(photo));
    try {
      final job = await _describe(id, owner: owner, now: now, draft: draft);
      await save(job);
      return job;
    } on PhoneStorageException {
      await _folder.delete(name);
      rethrow;
    }
  }

  Future<void> save(QueuedUpload job) => _folder.writeJson(
        '${_folderOf(job.owner)}/${job.id}$_job',
        job.toJson(),
      );

  /// Whether the phone's copy is as long as it was.
  Future<bool> isThere(QueuedUpload job) async =>
      await _folder.length(_photoNameOf(job)) == job.bytes;

  /// Whether the phone's copy is, byte for byte, as it was.
  Future<bool> isIntact(QueuedUpload job) async {
    try {
      final (sha256, _) = await _hash(_folder.read(_photoNameOf(job)));
      return sha256 == job.sha256;
    } on PhoneStorageException {
      return false;
    }
  }

  /// Deletes the photo and its job.
  Future<void> remove(QueuedUpload job) async {
    final folder = _folderOf(job.owner);
    await _folder.rename(
      '$folder/${job.id}$_job',
      '$folder/${job.id}$_removed',
    );
    await _finishRemoval(folder, job.id);
  }

  /// Deletes everything of [owner].
  Future<void> removeAll(String owner) =>
      _folder.deleteFolder(_folderOf(owner));

  Future<void> _clearUp(String folder) async {
    for (final name in await _folder.list(folder)) {
      if (name.endsWith(AppFolder.temporary)) {
        await _folder.delete('$folder/$name');
      } else if (name.endsWith(_removed)) {
        await _finishRemoval(folder, _idOf(name));
      }
    }
  }

  Future<void> _finishRemoval(String folder, String id) async {
    await _folder.delete('$folder/$id$_photo');
    await _folder.delete('$folder/$id$_removed');
  }

  /// The job in a file; null if it cannot be read and its photo is there to
  /// make another.
  Future<QueuedUpload?> _read(String folder, String name, bool hasPhoto) async {
    final path = _folder.pathOf('$folder/${_photoOf(name)}');
    final QueuedUpload job;
    try {
      job = QueuedUpload.fromJson(
        await _folder.readJson('$folder/$name'),
        path: path,
      );
    } on FormatException {
      if (!hasPhoto) await _folder.delete('$folder/$name');
      return null;
    } on ArgumentError {
      return null;
    }
    if (hasPhoto || job.state == UploadState.done) return job;
    return job.moved(
      UploadState.needsYou,
      problem: const UploadProblem(ErrorCode.photoGone),
    );
  }

  Future<QueuedUpload> _describe(
    String id, {
    required String owner,
    required DateTime now,
    Object? draft,
  }) async {
    final (isHeld, replaces) = switch (draft) {
      {'held': final bool held, 'replaces': final String? id} => (held, id),
      _ => (false, null),
    };
    final name = '${_folderOf(owner)}/$id$_photo';
    final (sha256, bytes) = await _hash(_folder.read(name));
    return QueuedUpload(
      id: id,
      path: _folder.pathOf(name),
      sha256: sha256,
      bytes: bytes,
      createdAt: now,
      owner: owner,
      replaces: replaces,
      state: isHeld ? UploadState.needsYou : UploadState.waiting,
    );
  }

  Future<void> _removeReplaced(List<QueuedUpload> jobs) async {
    final gone = {for (final job in jobs) job.replaces};
    for (final job in [...jobs]) {
      if (!gone.contains(job.id)) continue;
      await remove(job);
      jobs.remove(job);
    }
  }

  Future<List<QueuedUpload>> _withoutOldDone(List<QueuedUpload> jobs) async {
    final done = [
      for (final job in jobs.reversed)
        if (job.state == UploadState.done) job,
    ];
    final old = done.skip(config.doneUploadsKept).toSet();
    for (final job in old) {
      await remove(job);
    }
    return [
      for (final job in jobs)
        if (!old.contains(job)) job,
    ];
  }

  String _photoNameOf(QueuedUpload job) =>
      '${_folderOf(job.owner)}/${job.id}$_photo';
}

const String _photo = '.photo';
const String _job = '.json';
const String _removed = '.removed';
const String _draft = '.draft';

String _folderOf(String owner) =>
    'queue/${Sha256.hexOf(utf8.encode(owner)).substring(0, 16)}';

String _idOf(String name) => name.substring(0, name.lastIndexOf('.'));

String _photoOf(String jobName) => '${_idOf(jobName)}$_photo';

QueuedUpload? _twin(
  List<QueuedUpload> jobs,
  String sha256, {
  required bool held,
}) =>
    jobs
        .where((job) => held ? job.isHeld : job.isPending)
        .where((job) => job.sha256 == sha256)
        .firstOrNull;

Stream<List<int>> _source(File photo) => photo.openRead().handleError(
      (Object _) => throw const PhoneStorageException.photoGone(),
      test: (error) => error is FileSystemException,
    );

Future<(String sha256, int bytes)> _hash(Stream<List<int>> pieces) async {
  final hash = Sha256();
  var bytes = 0;
  await for (final piece in pieces) {
    hash.add(piece);
    bytes += piece.length;
  }
  return (hash.closeToHex(), bytes);
}
