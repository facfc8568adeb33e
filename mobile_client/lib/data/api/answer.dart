import 'dart:convert';
import 'dart:io';

import '../../config.dart' as config;
import 'api_exception.dart';

/// The JSON of a good answer; null if it has no body.
Object? decodeAnswer(List<int> body) {
  if (body.isEmpty) return null;
  try {
    return jsonDecode(utf8.decode(body));
  } on FormatException catch (error) {
    throw MalformedAnswerException('not JSON: ${error.message}');
  }
}

/// What [fromJson] makes of an answer; the wrong shape is malformed.
T readAnswer<T>(Object? json, T Function(Object? json) fromJson) {
  try {
    return fromJson(json);
  } on FormatException catch (error) {
    throw MalformedAnswerException('$error');
  }
}

/// What an answer that is not a success means.
///
/// A 401 ends the session only if a token was sent and the server complains
/// about no field: a wrong password is a 401 too.
ApiException failureOf({
  required int status,
  required List<int> body,
  String? retryAfter,
  bool tokenSent = false,
  DateTime? now,
}) {
  final complaints = _complaintsIn(body);
  final first = complaints.firstOrNull ??
      const ServerComplaint(code: '', detail: '');
  Duration wait(Duration otherwise) =>
      parseRetryAfter(retryAfter, now ?? DateTime.now()) ?? otherwise;
  return switch (status) {
    401 when tokenSent && first.attr == null => const UnauthorisedException(),
    408 => const TimeOutException(),
    429 => ThrottledException(wait(const Duration(seconds: 30))),
    503 => OverloadedException(
        wait: wait(const Duration(seconds: 10)),
        serverCode: first.code,
      ),
    507 => OverloadedException(
        wait: wait(const Duration(minutes: 5)),
        serverCode: 'storage_full',
      ),
    >= 500 => ServerException(status),
    >= 400 => RejectedException(
        status: status,
        serverCode: first.code,
        detail: first.detail,
        attr: first.attr,
        complaints: complaints,
      ),
    _ => MalformedAnswerException('unexpected status $status'),
  };
}

/// The wait that a `Retry-After` header asks for: seconds or a date
/// (RFC 9110), never less than none or more than an hour.
Duration? parseRetryAfter(String? header, DateTime now) {
  if (header == null) return null;
  final seconds = int.tryParse(header.trim());
  final Duration asked;
  if (seconds != null) {
    asked = Duration(seconds: seconds.clamp(0, 1 << 30));
  } else {
    try {
      asked = HttpDate.parse(header.trim()).difference(now);
    } on Exception {
      return null;
    }
  }
  if (asked.isNegative) return Duration.zero;
  return asked > config.longestServerWait ? config.longestServerWait : asked;
}

List<ServerComplaint> _complaintsIn(List<int> body) {
  try {
    final json = jsonDecode(utf8.decode(body));
    return [
      if (json case {'errors': final List<Object?> errors})
        for (final error in errors)
          if (error
              case {
                'code': final String code,
                'detail': final String detail,
              })
            ServerComplaint(
              code: code,
              detail: detail,
              attr: switch (error) {
                {'attr': final String attr} => attr,
                _ => null,
              },
            ),
    ];
  } on FormatException {
    return const [];
  }
}
