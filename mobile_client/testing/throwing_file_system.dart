import 'package:image_classifier/data/storage/file_system.dart';

/// A file system that throws, once, at a step.
class ThrowingFileSystem implements FileSystem {
  ThrowingFileSystem({this.throwAt, Object? thrown})
      : _thrown = thrown ?? Exception('any');

  /// The step, counted from 1; null for none.
  int? throwAt;
  final Object _thrown;
  final FileSystem _real = const DeviceFileSystem();

  /// How many steps there were.
  int steps = 0;

  void _step() {
    if (++steps == throwAt) throw _thrown;
  }

  @override
  Future<void> createFolder(String path) async {
    _step();
    await _real.createFolder(path);
  }

  @override
  Future<void> deleteFolder(String path) async {
    _step();
    await _real.deleteFolder(path);
  }

  @override
  Future<List<String>> list(String path) async {
    _step();
    return _real.list(path);
  }

  @override
  Future<int?> length(String path) async {
    _step();
    return _real.length(path);
  }

  @override
  Stream<List<int>> read(String path) async* {
    _step();
    yield* _real.read(path);
  }

  @override
  Future<FileWriter> create(String path) async {
    _step();
    return _ThrowingWriter(this, await _real.create(path));
  }

  @override
  Future<void> rename(String from, String to) async {
    _step();
    await _real.rename(from, to);
  }

  @override
  Future<void> delete(String path) async {
    _step();
    await _real.delete(path);
  }
}

class _ThrowingWriter implements FileWriter {
  _ThrowingWriter(this._system, this._real);

  final ThrowingFileSystem _system;
  final FileWriter _real;

  @override
  Future<void> add(List<int> bytes) async {
    _system._step();
    await _real.add(bytes);
  }

  @override
  Future<void> flush() async {
    _system._step();
    await _real.flush();
  }

  @override
  Future<void> close() async {
    await _real.close();
    _system._step();
  }
}
