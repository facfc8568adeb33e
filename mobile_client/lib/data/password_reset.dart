import '../utils/result.dart';
import 'api/auth_api.dart' as api;
import 'session_repository.dart';

/// The way back to an account whose password is forgotten, in two steps.
class PasswordReset {
  const PasswordReset(this._sessions);

  final SessionRepository _sessions;

  /// Has the server mail a code, if an account has this address; the answer
  /// does not tell whether one has.
  Future<Result<void>> request(String email) => Result.of(
        () async => api.requestPasswordReset(
          _sessions.connection,
          email: email,
        ),
      );

  /// Sets a new password with the code from the mail.
  Future<Result<void>> confirm({
    required String email,
    required String code,
    required String next,
  }) =>
      Result.of(
        () async => api.confirmPasswordReset(
          _sessions.connection,
          email: email,
          code: code,
          next: next,
        ),
      );
}
