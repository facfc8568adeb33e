import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

/// A request as it arrived.
final class ReceivedRequest {
  const ReceivedRequest(this.method, this.uri, this.headers, this.body);

  final String method;
  final Uri uri;
  final HttpHeaders headers;
  final Uint8List body;

  String? header(String name) => headers.value(name);

  Object? get json => jsonDecode(utf8.decode(body));
}

/// Answers one request.
typedef Answerer = FutureOr<void> Function(
  HttpResponse response,
  ReceivedRequest request,
);

/// A server on this machine that answers what a test tells it to.
class FakeServer {
  FakeServer._(this._server, this._scheme) {
    _server.listen(_handle);
  }

  static Future<FakeServer> start({SecurityContext? context}) async =>
      context == null
          ? FakeServer._(
              await HttpServer.bind(InternetAddress.loopbackIPv4, 0),
              'http',
            )
          : FakeServer._(
              await HttpServer.bindSecure(
                InternetAddress.loopbackIPv4,
                0,
                context,
              ),
              'https',
            );

  final HttpServer _server;
  final String _scheme;
  final Map<String, Answerer> _answers = {};

  /// What arrived, in order.
  final List<ReceivedRequest> requests = [];

  Uri get address => Uri.parse('$_scheme://127.0.0.1:${_server.port}/');

  /// Answers [path] with [answerer] from now on.
  void on(String path, Answerer answerer) => _answers[path] = answerer;

  /// Answers [path] with JSON from now on.
  void onJson(
    String path,
    Object? json, {
    int status = 200,
    Map<String, String> headers = const {},
  }) =>
      on(path, (response, _) {
        response.statusCode = status;
        headers.forEach(response.headers.set);
        if (json != null) {
          response.headers.contentType = ContentType.json;
          response.write(jsonEncode(json));
        }
      });

  Future<void> stop() => _server.close(force: true);

  Future<void> _handle(HttpRequest request) async {
    final body = BytesBuilder();
    try {
      await request.forEach(body.add);
    } on HttpException {
      return;
    }
    final received = ReceivedRequest(
      request.method,
      request.uri,
      request.headers,
      body.takeBytes(),
    );
    requests.add(received);
    final answer = _answers[request.uri.path];
    if (answer == null) {
      request.response.statusCode = 404;
    } else {
      await answer(request.response, received);
    }
    try {
      await request.response.close();
    } on Exception {
      return;
    }
  }
}
