import 'dart:async';
import 'dart:io';

import 'api_exception.dart';
import 'cancel_token.dart';
import 'upload_body.dart';

/// Hears how much of a body has been sent.
typedef ProgressListener = void Function(int sent, int total);

/// One request and its answer.
///
/// It ends with a [TimeOutException] when no byte moves for too long, and
/// with a [CancelledException] when it is given up.
class Exchange {
  Exchange(this._client, {required Duration idleTimeout, CancelToken? cancel})
      : _idleTimeout = idleTimeout {
    _broken.future.ignore();
    unawaited(
      cancel?.whenCancelled.then((_) => _break(const CancelledException())),
    );
    _stir();
  }

  final HttpClient _client;
  final Duration _idleTimeout;
  final Completer<Never> _broken = Completer();
  Timer? _watchdog;
  HttpClientRequest? _request;
  bool _hasBegunUpload = false;

  /// Whether a part of an upload was sent.
  bool get hasBegunUpload => _hasBegunUpload;

  /// Sends the request and gives the head of the answer; redirects are not
  /// followed.
  Future<HttpClientResponse> send(
    String method,
    Uri url, {
    required Map<String, String> headers,
    List<int>? bytes,
    UploadBody? upload,
    ProgressListener? onProgress,
  }) =>
      _unlessBroken(() async {
        final request = await _client.openUrl(method, url);
        _request = request;
        if (_broken.isCompleted) {
          request.abort();
          return _broken.future;
        }
        request.followRedirects = false;
        headers.forEach(request.headers.set);
        if (upload != null) {
          request.contentLength = upload.length;
          await request.addStream(_counted(upload, onProgress));
        } else if (bytes != null) {
          request
            ..contentLength = bytes.length
            ..add(bytes);
        }
        return request.close();
      }());

  /// Hands the body of [response] to [take], piece by piece; the next piece
  /// waits until the one before is taken.
  Future<void> receive(
    HttpClientResponse response,
    Future<void>? Function(List<int> piece) take,
  ) async {
    final end = Completer<void>();
    void fail(Object error, StackTrace stack) {
      if (!end.isCompleted) end.completeError(error, stack);
    }

    late final StreamSubscription<List<int>> pieces;
    pieces = response.listen(
      (piece) {
        _stir();
        final taken = take(piece);
        if (taken != null) pieces.pause(taken.catchError(fail));
      },
      onError: fail,
      onDone: () => end.isCompleted ? null : end.complete(),
      cancelOnError: true,
    );
    try {
      await _unlessBroken(end.future);
    } finally {
      unawaited(pieces.cancel());
    }
  }

  /// Stops the watch; call it when the answer has been read or is not wanted.
  void close() => _watchdog?.cancel();

  Stream<List<int>> _counted(UploadBody upload, ProgressListener? onProgress) {
    var sent = 0;
    return upload.open().map((piece) {
      if (_broken.isCompleted) throw const CancelledException();
      _stir();
      sent += piece.length;
      _hasBegunUpload = true;
      onProgress?.call(sent, upload.length);
      return piece;
    });
  }

  Future<T> _unlessBroken<T>(Future<T> work) {
    work.ignore();
    return Future.any([_broken.future, work]);
  }

  void _stir() {
    _watchdog?.cancel();
    if (_broken.isCompleted) return;
    _watchdog = Timer(_idleTimeout, () => _break(const TimeOutException()));
  }

  void _break(ApiException reason) {
    if (_broken.isCompleted) return;
    _watchdog?.cancel();
    _broken.completeError(reason);
    _request?.abort(reason);
  }
}
