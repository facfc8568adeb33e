/// The phone's own lock: fingerprint, face or code.
abstract interface class AppLock {
  /// Whether the phone has one.
  Future<bool> get isThere;

  /// Asks the user to prove who they are; [reason] is shown.
  Future<bool> unlock(String reason);
}
