import '../../data/api/api_exception.dart';
import '../../data/server_address.dart';
import '../../data/session_repository.dart';
import '../../utils/command.dart';
import '../core/view_model.dart';

/// Finds the server and remembers it.
class ServerViewModel extends ViewModel {
  ServerViewModel(this._sessions)
      : _typed = _sessions.server.value?.toString() ?? '';

  final SessionRepository _sessions;
  String _typed;
  String? _accepted;
  bool _isAsked = false;

  /// What was typed so far; at first the server in use.
  String get typed => _typed;

  set typed(String text) {
    if (text == _typed) return;
    _typed = text;
    _accepted = null;
    connect.clear();
  }

  /// What to say about the address: hints at once, mistakes after [submit].
  AddressProblem? get problem {
    final address = ServerAddress.parse(_typed);
    return address.isUsable || _isAsked ? address.problem : null;
  }

  late final Command<void> connect = command(
    () => _sessions.useServer(_typed, acceptFingerprint: _accepted),
  );

  /// The servers that were used before.
  List<Uri> get known =>
      [for (final each in _sessions.known.all.value) each.server];

  /// The certificate that the user has to look at before going on.
  UntrustedCertificateException? get untrusted => switch (connect.error) {
        final UntrustedCertificateException error => error,
        _ => null,
      };

  Future<void> submit() async {
    _isAsked = true;
    if (ServerAddress.parse(_typed).isUsable) {
      await connect.execute();
    } else {
      notifyListeners();
    }
  }

  /// Connects to the server with exactly the certificate that was shown.
  Future<void> trust(UntrustedCertificateException shown) async {
    _accepted = shown.fingerprint;
    await connect.execute();
  }
}
