import '../../data/session_repository.dart';
import '../../utils/command.dart';
import '../core/view_model.dart';

/// Gives the account a new password.
class ChangePasswordViewModel extends ViewModel {
  ChangePasswordViewModel(this._sessions);

  final SessionRepository _sessions;
  bool _isAsked = false;
  String current = '';
  String next = '';
  String again = '';

  bool get lacksCurrent => _isAsked && current.isEmpty;

  bool get lacksNext => _isAsked && next.isEmpty;

  bool get differs => _isAsked && next != again;

  late final Command<void> change =
      command(() => _sessions.changePassword(current, next));

  Future<void> submit() async {
    _isAsked = true;
    if (lacksCurrent || lacksNext || differs) {
      notifyListeners();
    } else {
      await change.execute();
    }
  }
}
