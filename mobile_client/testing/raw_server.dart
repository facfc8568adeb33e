import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

/// Answers each connection with bytes that a test chose, whatever they are,
/// after it has read the request.
class RawServer {
  RawServer._(this._server) {
    _server.listen(_serve);
  }

  static Future<RawServer> start() async =>
      RawServer._(await ServerSocket.bind(InternetAddress.loopbackIPv4, 0));

  final ServerSocket _server;

  /// The next answers, one for each connection.
  final List<List<int>> answers = [];

  /// What is answered when [answers] is empty.
  List<int> otherwise = const [];

  /// How many requests came.
  int requests = 0;

  Uri get address => Uri.parse('http://127.0.0.1:${_server.port}/');

  Future<void> stop() => _server.close();

  Future<void> _serve(Socket socket) async {
    final received = BytesBuilder();
    final whole = Completer<void>();
    socket.listen(
      (piece) {
        received.add(piece);
        if (_isWhole(received.toBytes()) && !whole.isCompleted) {
          whole.complete();
        }
      },
      onError: (Object _) => whole.isCompleted ? null : whole.complete(),
      onDone: () => whole.isCompleted ? null : whole.complete(),
    );
    await whole.future;
    requests++;
    try {
      socket.add(answers.isEmpty ? otherwise : answers.removeAt(0));
      await socket.flush();
    } on Exception {
      // The client has seen enough.
    }
    socket.destroy();
  }

  bool _isWhole(Uint8List bytes) {
    final text = latin1.decode(bytes);
    final end = text.indexOf('\r\n\r\n');
    if (end < 0) return false;
    final length = RegExp(r'content-length: (\d+)', caseSensitive: false)
        .firstMatch(text.substring(0, end));
    return bytes.length >= end + 4 + int.parse(length?[1] ?? '0');
  }
}

/// An answer with this head and [body].
List<int> rawAnswer(
  String status,
  String body, {
  List<String> headers = const ['Content-Type: application/json'],
  bool withLength = true,
}) {
  final bytes = utf8.encode(body);
  final lines = [
    'HTTP/1.1 $status',
    ...headers,
    if (withLength) 'Content-Length: ${bytes.length}',
    'Connection: close',
  ];
  return [...utf8.encode('${lines.join('\r\n')}\r\n\r\n'), ...bytes];
}
