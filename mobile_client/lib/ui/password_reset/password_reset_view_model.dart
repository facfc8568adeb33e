import '../../data/password_reset.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';

/// Asks for a code, then for the code and a new password.
class PasswordResetViewModel extends ViewModel {
  PasswordResetViewModel(this._reset);

  final PasswordReset _reset;
  bool _isAsked = false;
  bool _hasCode = false;
  String email = '';
  String code = '';
  String next = '';

  /// Whether a code is on its way.
  bool get isSecondStep => _hasCode;

  bool get lacksEmail => _isAsked && !_hasCode && email.trim().isEmpty;

  bool get lacksCode => _isAsked && _hasCode && code.trim().isEmpty;

  bool get lacksPassword => _isAsked && _hasCode && next.isEmpty;

  late final Command<void> request =
      command(() => _reset.request(email.trim()));

  late final Command<void> confirm = command(
    () => _reset.confirm(email: email.trim(), code: code.trim(), next: next),
  );

  bool get isBusy => request.running || confirm.running;

  /// Has a code mailed.
  Future<void> send() async {
    _isAsked = true;
    if (email.trim().isEmpty) return notifyListeners();
    await request.execute();
    if (request.result is! Ok<void>) return;
    _hasCode = true;
    _isAsked = false;
    confirm.clear();
  }

  /// Sets the new password; true if it is set.
  Future<bool> save() async {
    _isAsked = true;
    if (lacksCode || lacksPassword) {
      notifyListeners();
      return false;
    }
    await confirm.execute();
    return confirm.result is Ok<void>;
  }
}
