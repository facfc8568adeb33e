import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import '../api/api_exception.dart';
import 'file_system.dart';

/// The folder that belongs to the app. Names in it have slashes.
///
/// A file is there whole or not at all, whenever the app is killed. What
/// the phone refuses is a [PhoneStorageException].
class AppFolder {
  AppFolder(this.root, {FileSystem files = const DeviceFileSystem()})
      : _files = files;

  final Directory root;
  final FileSystem _files;

  /// What a file is called until it is whole.
  static const String temporary = '.tmp';

  /// Where [name] is.
  String pathOf(String name) => '${root.path}/$name';

  /// The files of a folder, oldest change first.
  Future<List<String>> list(String folder) =>
      _kept(() => _files.list(pathOf(folder)));

  /// The size of a file; null if it is not there.
  Future<int?> length(String name) => _kept(() => _files.length(pathOf(name)));

  Stream<List<int>> read(String name) =>
      _files.read(pathOf(name)).handleError(
            (Object _) => throw const PhoneStorageException.photoGone(),
            test: (error) => error is FileSystemException,
          );

  /// The bytes of a file; null if it is not there.
  Future<Uint8List?> readBytes(String name) async {
    if (await length(name) == null) return null;
    return _kept(() async {
      final bytes = BytesBuilder(copy: false);
      await read(name).forEach(bytes.add);
      return bytes.takeBytes();
    });
  }

  /// The JSON in a file; null if it is not there or is no JSON.
  Future<Object?> readJson(String name) async {
    final bytes = await readBytes(name);
    if (bytes == null) return null;
    try {
      return jsonDecode(utf8.decode(bytes));
    } on FormatException {
      return null;
    }
  }

  Future<void> writeJson(String name, Object? json) =>
      writeBytes(name, utf8.encode(jsonEncode(json)));

  Future<void> writeBytes(String name, List<int> bytes) =>
      write(name, Stream.value(bytes));

  /// Writes a file: under another name, flushed, then renamed.
  Future<void> write(String name, Stream<List<int>> pieces) async {
    final path = pathOf(name);
    final unfinished = '$path$temporary';
    await _kept(() async {
      await _files.createFolder(File(path).parent.path);
      try {
        final file = await _files.create(unfinished);
        try {
          await for (final piece in pieces) {
            await file.add(piece);
          }
          await file.flush();
        } finally {
          await file.close();
        }
        await _files.rename(unfinished, path);
      } on Object {
        await _files.delete(unfinished);
        rethrow;
      }
    });
  }

  /// Makes a folder, for what others write into it.
  Future<void> makeFolder(String folder) =>
      _kept(() => _files.createFolder(pathOf(folder)));

  Future<void> rename(String from, String to) =>
      _kept(() => _files.rename(pathOf(from), pathOf(to)));

  /// Deletes a file, if it is there.
  Future<void> delete(String name) => _kept(() => _files.delete(pathOf(name)));

  /// Deletes a folder with all in it, if it is there.
  Future<void> deleteFolder(String folder) =>
      _kept(() => _files.deleteFolder(pathOf(folder)));

  Future<T> _kept<T>(Future<T> Function() action) async {
    try {
      return await action();
    } on FileSystemException {
      throw const PhoneStorageException.noRoom();
    }
  }
}
