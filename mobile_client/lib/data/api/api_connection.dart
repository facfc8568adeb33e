import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import '../../config.dart' as config;
import '../../utils/unexpected.dart';
import 'answer.dart';
import 'api_exception.dart';
import 'cancel_token.dart';
import 'exchange.dart';
import 'pinned_client.dart';
import 'upload_body.dart';

export 'cancel_token.dart';
export 'upload_body.dart';

/// The one way to the server: everything that is sent goes through [send],
/// [bytes] or [download], and everything that fails is an [ApiException].
class ApiConnection {
  /// [server] is the address that the API's paths are relative to; it ends
  /// with a slash. [token] is asked for with each request.
  ApiConnection({
    required this.server,
    String? Function()? token,
    String? pinnedFingerprint,
    Duration timeout = config.idleTimeout,
    HttpClient? client,
    void Function()? onUnauthorised,
  })  : _token = token ?? _noToken,
        _timeout = timeout,
        _onUnauthorised = onUnauthorised,
        _pinned = PinnedClient(
          pinnedFingerprint: pinnedFingerprint,
          client: client,
        );

  final Uri server;
  final String? Function() _token;
  final Duration _timeout;
  final void Function()? _onUnauthorised;
  final PinnedClient _pinned;

  /// Sends a request and gives the decoded JSON of the answer.
  ///
  /// [path] is relative to [server], or an absolute address on it. [timeout]
  /// is how long the exchange may stand still.
  Future<Object?> send(
    String method,
    String path, {
    Map<String, String>? query,
    Object? json,
    UploadBody? upload,
    Map<String, String>? headers,
    ProgressListener? onProgress,
    CancelToken? cancel,
    Duration? timeout,
  }) async {
    final body = BytesBuilder(copy: false);
    await _exchange(
      method,
      _resolve(path, query),
      headers: {HttpHeaders.acceptHeader: 'application/json', ...?headers},
      json: json,
      upload: upload,
      onProgress: onProgress,
      cancel: cancel,
      timeout: timeout,
      take: (piece) {
        body.add(piece);
        return null;
      },
    );
    return decodeAnswer(body.takeBytes());
  }

  /// The bytes behind [url].
  Future<Uint8List> bytes(Uri url, {CancelToken? cancel}) async {
    final body = BytesBuilder(copy: false);
    await _exchange('GET', _resolve('$url'), cancel: cancel, take: (piece) {
      body.add(piece);
      return null;
    });
    return body.takeBytes();
  }

  /// Writes the bytes behind [url] to the file [to], which appears only when
  /// they are all there.
  Future<void> download(Uri url, File to, {CancelToken? cancel}) async {
    final part = File('${to.path}.part');
    try {
      final sink = await part.open(mode: FileMode.write);
      try {
        await _exchange(
          'GET',
          _resolve('$url'),
          cancel: cancel,
          take: (piece) => sink.writeFrom(piece),
        );
        await sink.flush();
      } finally {
        await sink.close();
      }
      await part.rename(to.path);
    } on Object catch (error) {
      if (part.existsSync()) part.deleteSync();
      if (error is! FileSystemException) rethrow;
      throw const PhoneStorageException.noRoom();
    }
  }

  /// Ends what is still going on.
  void close() => _pinned.http.close(force: true);

  Uri _resolve(String path, [Map<String, String>? query]) {
    final url = server.resolve(path);
    return query == null || query.isEmpty
        ? url
        : url.replace(queryParameters: {...url.queryParameters, ...query});
  }

  Future<void> _exchange(
    String method,
    Uri url, {
    required Future<void>? Function(List<int> piece) take,
    Map<String, String> headers = const {},
    Object? json,
    UploadBody? upload,
    ProgressListener? onProgress,
    CancelToken? cancel,
    Duration? timeout,
  }) async {
    final token = _token();
    final exchange = Exchange(
      _pinned.http,
      idleTimeout: timeout ?? _timeout,
      cancel: cancel,
    );
    final all = {
      ...headers,
      if (token != null) HttpHeaders.authorizationHeader: 'Token $token',
      if (json != null) HttpHeaders.contentTypeHeader: 'application/json',
      if (upload != null) HttpHeaders.contentTypeHeader: upload.contentType,
    };
    try {
      var target = url;
      for (var hop = 0; hop <= _maxRedirects; hop++) {
        if (!_isOurs(target)) throw ForeignOriginException(target);
        final response = await exchange.send(
          method,
          target,
          headers: all,
          bytes: json == null ? null : utf8.encode(jsonEncode(json)),
          upload: upload,
          onProgress: onProgress,
        );
        if (_redirects.contains(response.statusCode)) {
          target = _redirected(target, response);
          await exchange.receive(response, (_) => null);
          if (!_isOurs(target)) throw ForeignOriginException(target);
          if (method == 'GET') continue;
          throw MalformedAnswerException('$method was sent to $target');
        }
        return await _finish(
          exchange,
          response,
          take,
          tokenSent: token != null,
        );
      }
      throw const MalformedAnswerException('too many redirects');
    } on ApiException {
      rethrow;
    } on TlsException catch (error) {
      final fingerprint = _pinned.takeRefused();
      if (fingerprint == null) throw _offline(error, exchange);
      throw UntrustedCertificateException(
        fingerprint: fingerprint,
        host: url.host,
      );
    } on IOException catch (error) {
      if (error is FileSystemException) {
        throw upload == null
            ? const PhoneStorageException.noRoom()
            : const PhoneStorageException.photoGone();
      }
      throw _offline(error, exchange);
    } on FormatException catch (error) {
      // Such as a body that is not encoded as its head says.
      throw MalformedAnswerException('$error');
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
      throw UnexpectedException('$error');
    } finally {
      exchange.close();
    }
  }

  Future<void> _finish(
    Exchange exchange,
    HttpClientResponse response,
    Future<void>? Function(List<int> piece) take, {
    required bool tokenSent,
  }) async {
    final status = response.statusCode;
    if (status >= 200 && status < 300) return exchange.receive(response, take);
    final body = BytesBuilder();
    await exchange.receive(response, (piece) {
      body.add(piece);
      return null;
    });
    final failure = failureOf(
      status: status,
      body: body.takeBytes(),
      retryAfter: response.headers[HttpHeaders.retryAfterHeader]?.first,
      tokenSent: tokenSent,
    );
    if (failure is UnauthorisedException) _onUnauthorised?.call();
    throw failure;
  }

  bool _isOurs(Uri url) =>
      url.scheme == server.scheme &&
      url.host == server.host &&
      url.port == server.port;

  Uri _redirected(Uri from, HttpClientResponse response) {
    final location = response.headers[HttpHeaders.locationHeader]?.first;
    final target = location == null ? null : Uri.tryParse(location);
    if (target == null) {
      throw const MalformedAnswerException('a redirect to nowhere');
    }
    return from.resolveUri(target);
  }
}

const int _maxRedirects = 3;
const Set<int> _redirects = {301, 302, 303, 307, 308};

String? _noToken() => null;

OfflineException _offline(Object error, Exchange exchange) =>
    exchange.hasBegunUpload
        ? OfflineException.brokenOff('$error')
        : OfflineException('$error');
