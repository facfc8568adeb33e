import 'dart:io';

import 'package:image_classifier/data/api/error_code.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/openapi.dart';

void main() {
  final schema = OpenApi.ofCheckout();

  test('every path that the app uses is one of the server, and its method', () {
    final used = _usedOperations();

    expect(used.length, greaterThanOrEqualTo(17));
    for (final (path, method) in used) {
      if (_announced.contains(path) && !schema.paths.containsKey(path)) continue;
      expect(schema.paths.keys, contains(path));
      expect(schema.paths[path], contains(method), reason: path);
    }
  });

  // What each fromJson reads, and what each request sends.
  const fields = {
    'Prediction': [
      'id',
      'created_at',
      'label',
      'probability',
      'top',
      'model',
      'image',
    ],
    'ScoredLabel': ['wnid', 'label', 'probability'],
    'ModelRef': ['name', 'version'],
    'Photo': [
      'url',
      'thumbnail_url',
      'width',
      'height',
      'bytes',
      'content_type',
      'sha256',
    ],
    'PaginatedPredictionList': ['next', 'results'],
    'User': ['id', 'username', 'email'],
    'Token': ['token', 'expires_at', 'user'],
    'Device': [
      'id',
      'device_name',
      'created_at',
      'last_used_at',
      'expires_at',
      'is_current',
    ],
    'DeviceList': ['results'],
    'ModelVersion': ['name', 'version', 'serves', 'classes', 'accuracy'],
    'ModelList': ['results'],
    'Label': ['label'],
    'LabelList': ['results'],
    'RegistrationRequest': ['username', 'password', 'email', 'device_name'],
    'LoginRequest': ['username', 'password', 'device_name'],
    'PasswordChangeRequest': ['current_password', 'new_password'],
    'PasswordResetRequest': ['email'],
    'PasswordResetConfirmRequest': ['email', 'code', 'new_password'],
    'UploadRequest': ['image'],
  };
  fields.forEach((name, used) {
    test('the server has every field of $name that the app uses', () {
      expect(schema.fieldsOf(name), containsAll(used));
    });
  });

  test('the tests have the same predictions as the server', () {
    expect(
      {...schema.fieldsOf('Prediction'), 'answer', 'quality', 'feedback'},
      unorderedEquals(predictionJson().keys),
    );
  });

  test('the history takes the filters that the app sends', () {
    expect(
      schema.parametersOf('/api/v1/predictions/', 'GET'),
      containsAll(['label', 'search', 'page_size', 'cursor']),
    );
  });

  test('an upload takes the headers that the app sends', () {
    expect(
      schema.parametersOf('/api/v1/predictions/', 'POST'),
      containsAll(['Idempotency-Key', 'Content-Digest']),
    );
  });

  test('every error code that the app knows is one of the server', () {
    final errors = File('../classifier/errors.py').readAsStringSync();
    final known = {
      'not_found',
      'not_explainable',
      'no_on_device_model',
      ...schema.errorCodes,
      for (final match in RegExp(r'code = "(\w+)"').allMatches(errors))
        match[1],
    };

    expect(known, containsAll(ErrorCode.serverCodes));
  });
}

/// What servers of an older version lack; the app does without.
const Set<String> _announced = {
  '/api/v1/predictions/{id}/feedback/',
  '/api/v1/predictions/{id}/classify/',
  '/api/v1/predictions/{id}/why/',
  '/api/v1/models/active/on-device/',
  '/api/v1/auth/pairing/',
  '/api/v1/auth/pair/',
};

/// The path and method of each request in `lib/data/api/`, with the names
/// that the schema gives to what varies.
Set<(String path, String method)> _usedOperations() {
  final sent = RegExp(r"\.send\(\s*'([A-Z]+)',\s*'(api/v1/[^']*)'");
  final fetched = RegExp(r"resolve\('(api/v1/[^']*)'\)");
  final used = <(String, String)>{};
  String named(String path) => '/$path'.replaceFirst(
        r'$id',
        path.contains('tokens') ? '{device_id}' : '{id}',
      );
  for (final file in Directory('lib/data/api').listSync().whereType<File>()) {
    final text = file.readAsStringSync();
    for (final match in sent.allMatches(text)) {
      used.add((named(match[2]!), match[1]!));
    }
    for (final match in fetched.allMatches(text)) {
      used.add((named(match[1]!), 'GET'));
    }
  }
  return used;
}
