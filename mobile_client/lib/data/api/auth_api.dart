import '../../domain/device.dart';
import '../../domain/json_reader.dart';
import '../../domain/user.dart';
import 'answer.dart';
import 'api_connection.dart';
import 'api_exception.dart';
import 'error_code.dart';

/// What the server gives to a device that signs in.
final class IssuedToken {
  const IssuedToken({
    required this.token,
    required this.expiresAt,
    required this.user,
  });

  factory IssuedToken.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return IssuedToken(
      token: fields.text('token'),
      expiresAt: fields.time('expires_at'),
      user: fields.object('user', User.fromJson),
    );
  }

  final String token;
  final DateTime expiresAt;
  final User user;
}

/// POST auth/register/
Future<IssuedToken> register(
  ApiConnection connection, {
  required String username,
  required String password,
  String email = '',
  String deviceName = '',
}) async {
  try {
    final answer = await connection.send(
      'POST',
      'api/v1/auth/register/',
      json: {
        'username': username,
        'password': password,
        if (email.isNotEmpty) 'email': email,
        'device_name': deviceName,
      },
    );
    return readAnswer(answer, IssuedToken.fromJson);
  } on RejectedException catch (rejection) {
    if (rejection.status != 403) rethrow;
    throw rejection.meaning(ErrorCode.registrationClosed);
  }
}

/// POST auth/login/
Future<IssuedToken> login(
  ApiConnection connection, {
  required String username,
  required String password,
  String code = '',
  String deviceName = '',
}) async {
  try {
    final answer = await connection.send(
      'POST',
      'api/v1/auth/login/',
      json: {
        'username': username,
        'password': password,
        if (code.isNotEmpty) 'code': code,
        'device_name': deviceName,
      },
    );
    return readAnswer(answer, IssuedToken.fromJson);
  } on RejectedException catch (rejection) {
    final isCode = rejection.attr == 'code' &&
        rejection.code == ErrorCode.wrongCredentials;
    if (!isCode) rethrow;
    throw rejection.meaning(ErrorCode.wrongSecondFactor);
  }
}

/// POST auth/pair/: signs in with a code that the server showed, once.
Future<IssuedToken> pair(
  ApiConnection connection, {
  required String code,
  String deviceName = '',
}) async {
  try {
    final answer = await connection.send(
      'POST',
      'api/v1/auth/pair/',
      json: {'code': code, 'device_name': deviceName},
    );
    return readAnswer(answer, IssuedToken.fromJson);
  } on RejectedException catch (rejection) {
    throw rejection.meaning(ErrorCode.wrongPairingCode);
  }
}

/// POST auth/logout/
Future<void> logout(ApiConnection connection) =>
    connection.send('POST', 'api/v1/auth/logout/');

/// POST auth/logout-all/
Future<void> logoutAll(ApiConnection connection) =>
    connection.send('POST', 'api/v1/auth/logout-all/');

/// GET auth/tokens/
Future<List<Device>> listTokens(ApiConnection connection) async {
  final answer = await connection.send('GET', 'api/v1/auth/tokens/');
  return readAnswer(
    answer,
    (json) => JsonReader.of(json).list('results', Device.fromJson),
  );
}

/// DELETE auth/tokens/{id}/
Future<void> revokeToken(ApiConnection connection, String id) =>
    connection.send('DELETE', 'api/v1/auth/tokens/$id/');

/// POST auth/password/change/: every other device is signed out.
Future<void> changePassword(
  ApiConnection connection, {
  required String current,
  required String next,
}) =>
    connection.send(
      'POST',
      'api/v1/auth/password/change/',
      json: {'current_password': current, 'new_password': next},
    );

/// POST auth/password/reset/: mails a code, if an account has this address.
Future<void> requestPasswordReset(
  ApiConnection connection, {
  required String email,
}) =>
    connection.send(
      'POST',
      'api/v1/auth/password/reset/',
      json: {'email': email},
    );

/// POST auth/password/reset/confirm/
Future<void> confirmPasswordReset(
  ApiConnection connection, {
  required String email,
  required String code,
  required String next,
}) =>
    connection.send(
      'POST',
      'api/v1/auth/password/reset/confirm/',
      json: {'email': email, 'code': code, 'new_password': next},
    );
