import 'dart:convert';
import 'dart:io';

import 'examples.dart';

/// The project's real server, run from the checkout that this app is part
/// of, with a database, photos and EfficientNet-Lite0 in a folder of its own.
class LiveServer {
  LiveServer._(this._python, this._port);

  final String _python;
  final int _port;
  final Directory _data = temporaryFolder();
  final StringBuffer _log = StringBuffer();
  Process? _process;

  /// Why no server can be started here; null if one can.
  static String? get whyNot => _findPython() == null
      ? 'no Python with the requirements; set PYTHON, or run make test first'
      : null;

  /// Makes a new server, which is ready when this returns.
  static Future<LiveServer> start() async {
    final free = await ServerSocket.bind(InternetAddress.loopbackIPv4, 0);
    final port = free.port;
    await free.close();
    final server = LiveServer._(_findPython()!, port);
    await server._manage(['migrate', '--verbosity', '0']);
    await server._manage([
      'install_model',
      'efficientnet_lite0',
      '--activate',
    ]);
    await server.restart();
    return server;
  }

  /// Where it answers.
  Uri get address => Uri.parse('http://127.0.0.1:$_port/');

  /// A photo of an orange.
  File get photo => File('${_checkout.path}/docs/images/orange.jpg');

  /// What it said so far.
  String get log => '$_log';

  /// Starts it again on what it left on the disk.
  Future<void> restart() async {
    final process = _process = await Process.start(
      _python,
      ['manage.py', 'serve'],
      workingDirectory: _checkout.path,
      environment: _environment,
    );
    for (final output in [process.stdout, process.stderr]) {
      output.transform(utf8.decoder).listen(_log.write);
    }
    await _untilReady();
  }

  /// Ends it as a power cut would: at once, nothing is finished.
  Future<void> kill() async {
    _process!.kill(ProcessSignal.sigkill);
    await _process!.exitCode;
  }

  /// Ends it and deletes its data.
  Future<void> delete() async {
    await kill();
    await _data.delete(recursive: true);
  }

  Future<void> _untilReady() async {
    final client = HttpClient();
    try {
      for (var tries = 0; tries < 600; tries++) {
        if (await _isReady(client)) return;
        await Future<void>.delayed(const Duration(milliseconds: 100));
      }
      throw StateError('the server did not become ready:\n$_log');
    } finally {
      client.close(force: true);
    }
  }

  Future<bool> _isReady(HttpClient client) async {
    try {
      final request = await client.getUrl(address.resolve('readyz'));
      final response = await request.close();
      await response.drain<void>();
      return response.statusCode == 200;
    } on IOException {
      return false;
    }
  }

  Future<void> _manage(List<String> arguments) async {
    final result = await Process.run(
      _python,
      ['manage.py', ...arguments],
      workingDirectory: _checkout.path,
      environment: _environment,
    );
    if (result.exitCode != 0) {
      throw StateError('manage.py ${arguments.first}: ${result.stderr}');
    }
  }

  Map<String, String> get _environment => {
        'DEBUG': '1',
        'DATA_DIR': _data.path,
        'DATABASE_URL': '',
        'HOST': '127.0.0.1',
        'PORT': '$_port',
        'CLASSIFIER_QUEUE_TIMEOUT_S': '1',
        'CLASSIFIER_INFERENCE_TIMEOUT_S': '2',
      };
}

Directory get _checkout => Directory.current.parent;

String? _findPython() {
  final candidates = [
    if (Platform.environment['PYTHON'] case final python?) python,
    '${_checkout.path}/.venv/bin/python',
    'python3.11',
    'python3',
  ];
  for (final python in candidates) {
    try {
      final tried = Process.runSync(
        python,
        ['-c', 'import django, knox, openvino, waitress'],
      );
      if (tried.exitCode == 0) return python;
    } on ProcessException {
      continue;
    }
  }
  return null;
}
