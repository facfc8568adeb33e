import 'dart:async';
import 'dart:io';

import 'package:image_classifier/data/storage/file_system.dart';

/// Counts the steps of an app, and kills it before one of them: from then on
/// nothing that it waits for ever happens.
class Lifeline {
  Lifeline({this.killAt});

  /// The step at which the app dies, counted from 1.
  final int? killAt;
  final Completer<void> _killed = Completer();
  int _inFlight = 0;

  /// How many steps there were.
  int taken = 0;

  /// The names of the steps, for messages.
  final List<String> names = [];

  bool get isDead => _killed.isCompleted;

  /// Completes when the app is dead.
  Future<void> get killed => _killed.future;

  /// Takes a step, or dies.
  Future<T> step<T>(
    String name,
    Future<T> Function() action, {
    Future<void> Function()? halfOfIt,
  }) async {
    if (isDead) return _never();
    taken++;
    names.add(name);
    if (taken == killAt) {
      await halfOfIt?.call();
      await _die();
      return _never();
    }
    _inFlight++;
    final T result;
    try {
      result = await action();
    } finally {
      _inFlight--;
    }
    return isDead ? _never() : result;
  }

  Future<void> _die() async {
    while (_inFlight > 0) {
      await Future<void>.delayed(Duration.zero);
    }
    _killed.complete();
  }

  Future<T> _never<T>() => Completer<T>().future;
}

/// The real file system of an app that dies with its [Lifeline].
class MortalFileSystem implements FileSystem {
  MortalFileSystem(this._life);

  final Lifeline _life;
  final FileSystem _real = const DeviceFileSystem();
  final Set<String> _unflushed = {};

  /// What a power cut does beside: bytes that were not flushed are lost.
  void cutPower() {
    for (final path in _unflushed) {
      if (File(path).existsSync()) File(path).writeAsBytesSync(const []);
    }
  }

  @override
  Future<void> createFolder(String path) =>
      _life.step('create folder', () => _real.createFolder(path));

  @override
  Future<void> deleteFolder(String path) =>
      _life.step('delete folder', () => _real.deleteFolder(path));

  @override
  Future<List<String>> list(String path) =>
      _life.step('list', () => _real.list(path));

  @override
  Future<int?> length(String path) =>
      _life.step('length of ${_end(path)}', () => _real.length(path));

  @override
  Stream<List<int>> read(String path) async* {
    final bytes = await _life.step(
      'read ${_end(path)}',
      () => _real.read(path).toList(),
    );
    yield* Stream.fromIterable(bytes);
  }

  @override
  Future<FileWriter> create(String path) =>
      _life.step('create ${_end(path)}', () async {
        _unflushed.add(path);
        return _MortalWriter(this, path, await _real.create(path));
      });

  @override
  Future<void> rename(String from, String to) =>
      _life.step('rename to ${_end(to)}', () async {
        if (_unflushed.remove(from)) _unflushed.add(to);
        await _real.rename(from, to);
      });

  @override
  Future<void> delete(String path) =>
      _life.step('delete ${_end(path)}', () => _real.delete(path));

  String _end(String path) => path.substring(path.indexOf('.'));
}

class _MortalWriter implements FileWriter {
  _MortalWriter(this._system, this._path, this._real);

  final MortalFileSystem _system;
  final String _path;
  final FileWriter _real;

  Lifeline get _life => _system._life;

  @override
  Future<void> add(List<int> bytes) => _life.step(
        'write',
        () => _real.add(bytes),
        halfOfIt: () => _real.add(bytes.sublist(0, bytes.length ~/ 2)),
      );

  @override
  Future<void> flush() => _life.step('flush', () async {
        await _real.flush();
        _system._unflushed.remove(_path);
      });

  @override
  Future<void> close() => _life.step('close', _real.close);
}

/// A file system that is full from its [failAt]th write on.
class FullFileSystem extends DeviceFileSystem {
  FullFileSystem({required this.failAt});

  int failAt;
  int writes = 0;

  @override
  Future<FileWriter> create(String path) async {
    if (++writes >= failAt) {
      throw FileSystemException(
        'No space left on device',
        path,
        const OSError('No space left on device', 28),
      );
    }
    return super.create(path);
  }
}
