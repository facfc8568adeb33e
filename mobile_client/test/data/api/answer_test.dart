import 'dart:convert';

import 'package:image_classifier/data/api/answer.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';

void main() {
  ApiException failure(
    int status, {
    String code = 'error',
    String? attr,
    String? retryAfter,
    bool tokenSent = true,
    String? body,
  }) =>
      failureOf(
        status: status,
        body: utf8.encode(body ?? jsonEncode(errorJson(code, attr: attr))),
        retryAfter: retryAfter,
        tokenSent: tokenSent,
        now: DateTime.utc(2026, 1, 1, 12),
      );

  // Every row of the API's table of errors.
  const table = [
    (400, 'required', ErrorCode.invalidInput),
    (400, 'empty', ErrorCode.emptyImage),
    (400, 'unreadable_image', ErrorCode.unreadableImage),
    (400, 'digest_mismatch', ErrorCode.digestMismatch),
    (400, 'wrong_code', ErrorCode.wrongResetCode),
    (403, 'permission_denied', ErrorCode.forbidden),
    (403, 'quota_exceeded', ErrorCode.quotaExceeded),
    (404, 'not_found', ErrorCode.notFound),
    (405, 'method_not_allowed', ErrorCode.unknownRejection),
    (409, 'idempotency_in_progress', ErrorCode.idempotencyInProgress),
    (413, 'upload_too_large', ErrorCode.uploadTooLarge),
    (413, 'image_too_large', ErrorCode.imageTooLarge),
    (413, '', ErrorCode.uploadTooLarge),
    (415, 'unsupported_image', ErrorCode.unsupportedImage),
    (422, 'idempotency_key_reused', ErrorCode.idempotencyKeyReused),
    (429, 'throttled', ErrorCode.throttled),
    (500, 'error', ErrorCode.serverError),
    (502, '', ErrorCode.serverError),
    (503, 'busy', ErrorCode.overloaded),
    (503, 'model_not_ready', ErrorCode.modelNotReady),
    (507, 'storage_full', ErrorCode.storageFull),
    (408, '', ErrorCode.timeOut),
    (418, 'teapot', ErrorCode.unknownRejection),
  ];

  for (final (status, code, expected) in table) {
    test('$status "$code" is ${expected.name}', () {
      expect(failure(status, code: code).code, expected);
    });
  }

  test('a rejection tells the field and the words of the server', () {
    final rejected = failure(400, code: 'required', attr: 'image');

    rejected as RejectedException;
    expect(rejected.status, 400);
    expect(rejected.serverCode, 'required');
    expect(rejected.detail, 'In words.');
    expect(rejected.attr, 'image');
  });

  test('a rejection tells all complaints, for forms', () {
    final rejected = failure(
      400,
      body: jsonEncode({
        'errors': [
          {'code': 'blank', 'detail': 'Empty.', 'attr': 'username'},
          {'code': 'too_short', 'detail': 'Short.', 'attr': 'password'},
        ],
      }),
    );

    rejected as RejectedException;
    expect(
      rejected.complaints.map((complaint) => complaint.attr).toList(),
      ['username', 'password'],
    );
  });

  test('a refused token ends the session', () {
    expect(failure(401), isA<UnauthorisedException>());
  });

  test('a 401 without a token is a wrong password', () {
    final failed = failure(401, tokenSent: false);

    expect(failed.code, ErrorCode.wrongCredentials);
  });

  test('a 401 about a field is a wrong password, not a refused token', () {
    final failed = failure(401, attr: 'current_password');

    expect(failed.code, ErrorCode.wrongCredentials);
  });

  for (final body in ['', '<h1>Nginx</h1>', '[]', '{"errors": 7}']) {
    test('a rejection with the body "$body" still has its status', () {
      final failed = failure(413, body: body);

      expect(failed, isA<RejectedException>());
      expect(failed.code, ErrorCode.uploadTooLarge);
    });
  }

  test('an answer that is no success and no error is malformed', () {
    expect(failure(304), isA<MalformedAnswerException>());
  });

  group('Retry-After', () {
    Duration? parse(String? header) =>
        parseRetryAfter(header, DateTime.utc(2026, 1, 1, 12));

    test('is seconds', () {
      expect(parse('7'), const Duration(seconds: 7));
    });

    test('or a date', () {
      expect(
        parse('Thu, 01 Jan 2026 12:01:30 GMT'),
        const Duration(seconds: 90),
      );
    });

    test('in the past means now', () {
      expect(parse('Thu, 01 Jan 2026 11:00:00 GMT'), Duration.zero);
      expect(parse('-5'), Duration.zero);
    });

    test('is never longer than an hour', () {
      expect(parse('999999999999'), const Duration(hours: 1));
    });

    test('that is neither, or is missing, is none', () {
      expect(parse('soon'), isNull);
      expect(parse(null), isNull);
    });

    test('is how long a throttled client waits', () {
      final throttled = failure(429, retryAfter: '42') as ThrottledException;

      expect(throttled.wait, const Duration(seconds: 42));
    });

    test('is how long one waits for an overloaded server', () {
      final busy =
          failure(503, code: 'busy', retryAfter: '5') as OverloadedException;

      expect(busy.wait, const Duration(seconds: 5));
      expect(busy.serverCode, 'busy');
    });

    test('has a default where the server is silent', () {
      final full = failure(507) as OverloadedException;

      expect(full.wait, greaterThanDuration(const Duration(minutes: 1)));
    });
  });

  test('the wrong shape of a good answer is malformed', () {
    expect(
      () => readAnswer<int>(
        const {},
        (_) => throw const FormatException('no number'),
      ),
      throwsA(isA<MalformedAnswerException>()),
    );
  });

  test('what is no JSON is malformed', () {
    expect(
      () => decodeAnswer(utf8.encode('<html>')),
      throwsA(isA<MalformedAnswerException>()),
    );
    expect(
      () => decodeAnswer([0xff, 0xfe]),
      throwsA(isA<MalformedAnswerException>()),
    );
  });

  test('no body is no JSON, and right', () {
    expect(decodeAnswer(const []), isNull);
  });
}

Matcher greaterThanDuration(Duration least) =>
    predicate<Duration>((value) => value > least, 'longer than $least');
