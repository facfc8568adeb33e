import '../domain/pairing_code.dart';
import '../domain/session.dart';
import '../utils/unexpected.dart';
import 'api/api_exception.dart';
import 'api/auth_api.dart' as api;
import 'server_finder.dart';

/// Ends a session at the server whose token the phone cannot keep.
Future<void> giveBack(Session issued, {required Connect connect}) async {
  final connection = connect(
    server: issued.server,
    token: issued.token,
    pinnedFingerprint: issued.pinnedFingerprint,
  );
  try {
    await api.logout(connection);
  } on ApiException {
    // It ends by itself when it expires.
  } finally {
    connection.close();
  }
}

/// What the server that was [found] gives for [code].
Future<api.IssuedToken> paired(
  ServerChoice found,
  PairingCode code,
  String deviceName, {
  required Connect connect,
}) async {
  final connection = connect(
    server: found.server,
    pinnedFingerprint: found.fingerprint,
  );
  try {
    return await api.pair(connection, code: code.code, deviceName: deviceName);
  } finally {
    connection.close();
  }
}

/// Whether [step] was done; one that fails does not stop the others.
Future<bool> isDone(Future<void> Function() step) async {
  try {
    await step();
    return true;
  } on Object catch (error, stack) {
    reportUnexpected(error, stack);
    return false;
  }
}
