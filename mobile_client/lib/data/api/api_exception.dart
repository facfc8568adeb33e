import 'error_code.dart';

/// Every way in which talking to the server can fail.
sealed class ApiException implements Exception {
  const ApiException();

  /// Finds the words for people.
  ErrorCode get code;

  @override
  String toString() => '$runtimeType(${code.name})';
}

/// No connection, or it broke.
final class OfflineException extends ApiException {
  const OfflineException([this.cause = '']) : isBrokenOff = false;

  /// It broke after a part of a photo was sent.
  const OfflineException.brokenOff([this.cause = '']) : isBrokenOff = true;

  /// What the operating system said, for logs.
  final String cause;

  /// Whether a part of a photo was sent, in vain: the server may have said no,
  /// which is not heard before all is sent.
  final bool isBrokenOff;

  @override
  ErrorCode get code => isBrokenOff ? ErrorCode.brokenOff : ErrorCode.offline;

  @override
  String toString() => 'OfflineException($cause)';
}

/// No byte came or went for too long.
final class TimeOutException extends ApiException {
  const TimeOutException();

  @override
  ErrorCode get code => ErrorCode.timeOut;
}

/// The token that was sent is not, or no longer, valid.
final class UnauthorisedException extends ApiException {
  const UnauthorisedException();

  @override
  ErrorCode get code => ErrorCode.unauthorised;
}

/// One thing that the server found wrong.
final class ServerComplaint {
  const ServerComplaint({required this.code, required this.detail, this.attr});

  final String code;
  final String detail;

  /// The field that it is about, if any.
  final String? attr;
}

/// The server understood and said no.
final class RejectedException extends ApiException {
  const RejectedException({
    required this.status,
    required this.serverCode,
    required this.detail,
    this.attr,
    this.complaints = const [],
    ErrorCode? code,
  }) : _code = code;

  final int status;

  /// The first complaint's code, text and field.
  final String serverCode;
  final String detail;
  final String? attr;

  /// All complaints, for forms.
  final List<ServerComplaint> complaints;
  final ErrorCode? _code;

  @override
  ErrorCode get code => _code ?? ErrorCode.ofRejection(status, serverCode);

  /// The same rejection with the meaning that it has at one endpoint.
  RejectedException meaning(ErrorCode code) => RejectedException(
        status: status,
        serverCode: serverCode,
        detail: detail,
        attr: attr,
        complaints: complaints,
        code: code,
      );

  @override
  String toString() => 'RejectedException($status $serverCode: $detail)';
}

/// Too many requests.
final class ThrottledException extends ApiException {
  const ThrottledException(this.wait);

  /// How long the server asks to wait.
  final Duration wait;

  @override
  ErrorCode get code => ErrorCode.throttled;
}

/// The server cannot take it now.
final class OverloadedException extends ApiException {
  const OverloadedException({required this.wait, required this.serverCode});

  /// How long the server asks to wait.
  final Duration wait;
  final String serverCode;

  @override
  ErrorCode get code => switch (serverCode) {
        'model_not_ready' => ErrorCode.modelNotReady,
        'storage_full' => ErrorCode.storageFull,
        _ => ErrorCode.overloaded,
      };
}

/// The server failed.
final class ServerException extends ApiException {
  const ServerException(this.status);

  final int status;

  @override
  ErrorCode get code => ErrorCode.serverError;
}

/// The answer is not what the API promises.
final class MalformedAnswerException extends ApiException {
  const MalformedAnswerException([this.cause = '']);

  /// What is wrong with it, for logs.
  final String cause;

  @override
  ErrorCode get code => ErrorCode.malformedAnswer;

  @override
  String toString() => 'MalformedAnswerException($cause)';
}

/// No authority vouches for the server's certificate, and it is not pinned.
final class UntrustedCertificateException extends ApiException {
  const UntrustedCertificateException({
    required this.fingerprint,
    required this.host,
  });

  /// The certificate's SHA-256, as `AA:BB:…`, to be compared by a person.
  final String fingerprint;
  final String host;

  @override
  ErrorCode get code => ErrorCode.untrustedCertificate;
}

/// An address or a redirect led to another server.
final class ForeignOriginException extends ApiException {
  const ForeignOriginException(this.target);

  final Uri target;

  @override
  ErrorCode get code => ErrorCode.foreignOrigin;
}

/// Something in the app itself went wrong.
final class UnexpectedException extends ApiException {
  const UnexpectedException([this.cause = '']);

  /// What was thrown, for a report.
  final String cause;

  @override
  ErrorCode get code => ErrorCode.unexpected;

  @override
  String toString() => 'UnexpectedException($cause)';
}

/// Given up on request.
final class CancelledException extends ApiException {
  const CancelledException();

  @override
  ErrorCode get code => ErrorCode.cancelled;
}

/// What was typed is no server's address.
final class InvalidAddressException extends ApiException {
  const InvalidAddressException();

  @override
  ErrorCode get code => ErrorCode.invalidInput;
}

/// The phone could not keep or give back something.
final class PhoneStorageException extends ApiException {
  /// The phone's storage is full, or refuses to be written.
  const PhoneStorageException.noRoom() : code = ErrorCode.noRoomOnPhone;

  /// The phone's key store refuses to keep a secret.
  const PhoneStorageException.keyStore() : code = ErrorCode.keyStoreRefused;

  /// The photo is not there, or not as it was.
  const PhoneStorageException.photoGone() : code = ErrorCode.photoGone;

  @override
  final ErrorCode code;
}
