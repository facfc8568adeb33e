import 'dart:io';
import 'dart:typed_data';

/// The steps that files are made of; tests stop it at any of them.
abstract interface class FileSystem {
  Future<void> createFolder(String path);

  /// Deletes the folder with all in it, if it is there.
  Future<void> deleteFolder(String path);

  /// The files in the folder, oldest change first; none if it is not there.
  Future<List<String>> list(String path);

  /// The size of the file; null if it is not there.
  Future<int?> length(String path);

  Stream<List<int>> read(String path);

  /// Opens a new, empty file.
  Future<FileWriter> create(String path);

  /// Gives the file another name in one step, over what had that name.
  Future<void> rename(String from, String to);

  /// Deletes the file, if it is there.
  Future<void> delete(String path);
}

/// A file that is being written.
abstract interface class FileWriter {
  Future<void> add(List<int> bytes);

  /// Returns when the bytes are on the disk.
  Future<void> flush();

  Future<void> close();
}

/// The file system of the device.
class DeviceFileSystem implements FileSystem {
  const DeviceFileSystem();

  @override
  Future<void> createFolder(String path) =>
      Directory(path).create(recursive: true);

  @override
  Future<void> deleteFolder(String path) async {
    final folder = Directory(path);
    if (await folder.exists()) await folder.delete(recursive: true);
  }

  @override
  Future<List<String>> list(String path) async {
    final folder = Directory(path);
    if (!await folder.exists()) return const [];
    final files = <(DateTime, String)>[];
    await for (final entry in folder.list()) {
      if (entry is! File) continue;
      files.add(((await entry.stat()).modified, entry.uri.pathSegments.last));
    }
    files.sort((a, b) {
      final byTime = a.$1.compareTo(b.$1);
      return byTime == 0 ? a.$2.compareTo(b.$2) : byTime;
    });
    return [for (final (_, name) in files) name];
  }

  @override
  Future<int?> length(String path) async {
    final stat = await FileStat.stat(path);
    return stat.type == FileSystemEntityType.notFound ? null : stat.size;
  }

  @override
  Stream<List<int>> read(String path) => File(path).openRead();

  @override
  Future<FileWriter> create(String path) async =>
      _DeviceFileWriter(await File(path).open(mode: FileMode.write));

  @override
  Future<void> rename(String from, String to) => File(from).rename(to);

  @override
  Future<void> delete(String path) async {
    try {
      await File(path).delete();
    } on PathNotFoundException {
      return;
    }
  }
}

class _DeviceFileWriter implements FileWriter {
  _DeviceFileWriter(this._file);

  final RandomAccessFile _file;

  @override
  Future<void> add(List<int> bytes) => _file.writeFrom(
        bytes is Uint8List ? bytes : Uint8List.fromList(bytes),
      );

  @override
  Future<void> flush() => _file.flush();

  @override
  Future<void> close() => _file.close();
}
