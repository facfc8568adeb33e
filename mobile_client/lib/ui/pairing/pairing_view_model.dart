import '../../data/pairing.dart';
import '../../data/session_repository.dart';
import '../../domain/pairing_code.dart';
import '../../domain/session.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';

/// Signs in with the code that a server shows.
class PairingViewModel extends ViewModel {
  PairingViewModel(SessionRepository sessions, {required ReplaceQuestion ask})
      : _pairing = Pairing(sessions, ask: ask);

  final Pairing _pairing;
  PairingCode? _code;
  String? _tried;
  bool _isNone = false;

  /// Whether what was read is no code of a server.
  bool get isNone => _isNone;

  late final Command<Session?> pair = command(() => _pairing.pair(_code!));

  /// Whether a session has begun with the code.
  bool get isPaired => switch (pair.result) {
        Ok(value: Session _) => true,
        _ => false,
      };

  /// Takes what was read or pasted; the same text is tried once.
  Future<void> take(String text) async {
    if (pair.running || text == _tried) return;
    _tried = text;
    _code = PairingCode.parse(text);
    _isNone = _code == null;
    if (_isNone) {
      notifyListeners();
    } else {
      await pair.execute();
    }
  }

  /// Lets the same text be tried once more.
  void again() {
    _tried = null;
    pair.clear();
  }
}
