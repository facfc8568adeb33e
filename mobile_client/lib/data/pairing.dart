import '../domain/pairing_code.dart';
import '../domain/session.dart';
import '../utils/result.dart';
import 'session_repository.dart';

/// Asks whether the session [current] may end for one at the server [next].
typedef ReplaceQuestion = Future<bool> Function(Session current, Uri next);

/// Signs in with the codes of servers. Nobody is signed out for one without a
/// question: any web page can have a link with a code.
class Pairing {
  Pairing(this._sessions, {required ReplaceQuestion ask}) : _ask = ask;

  final SessionRepository _sessions;
  final ReplaceQuestion _ask;
  bool _isAsking = false;

  /// Signs in with [code]; where somebody is signed in, only after a yes, and
  /// nothing is sent before. Null if the session stays, or if the question
  /// about another code is open.
  Future<Result<Session?>> pair(PairingCode code) async {
    final current = _sessions.session.value;
    if (current != null && !await _mayReplace(current, code.server)) {
      return const Ok(null);
    }
    return _sessions.pair(code);
  }

  Future<bool> _mayReplace(Session current, Uri next) async {
    if (_isAsking) return false;
    _isAsking = true;
    try {
      return await _ask(current, next) &&
          identical(_sessions.session.value, current);
    } finally {
      _isAsking = false;
    }
  }
}
