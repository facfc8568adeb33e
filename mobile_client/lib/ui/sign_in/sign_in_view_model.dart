import '../../data/api/error_code.dart';
import '../../data/session_repository.dart';
import '../../domain/session.dart';
import '../../utils/command.dart';
import '../core/view_model.dart';

/// Signs in, or creates an account and signs in to it.
class SignInViewModel extends ViewModel {
  SignInViewModel(this._sessions);

  final SessionRepository _sessions;
  bool _registers = false;
  bool _isAsked = false;
  String username = '';
  String password = '';
  String email = '';
  String code = '';
  bool _needsCode = false;

  /// Whether the form creates an account.
  bool get registers => _registers;

  /// Whether the server ended the session before.
  bool get endedByServer => _sessions.endedByServer;

  Uri? get server => _sessions.server.value;

  bool get lacksUsername => _isAsked && username.trim().isEmpty;

  bool get lacksPassword => _isAsked && password.isEmpty;

  late final Command<Session> submitted = command(
    () => _registers
        ? _sessions.register(username.trim(), password, email.trim())
        : _sessions.signIn(username.trim(), password, code: code.trim()),
  );

  /// Whether the account has a second factor.
  bool get needsCode => _needsCode && !_registers;

  /// Goes from one form to the other.
  void toggle() {
    _registers = !_registers;
    _isAsked = false;
    submitted.clear();
  }

  Future<void> submit() async {
    _isAsked = true;
    if (lacksUsername || lacksPassword) {
      notifyListeners();
    } else {
      await submitted.execute();
      if (submitted.error?.code == ErrorCode.secondFactorRequired) {
        _needsCode = true;
        notifyListeners();
      }
    }
  }
}
