/// Shows notifications of the phone.
abstract interface class Notifier {
  /// Asks the user whether it may; false if not.
  Future<bool> allow();

  Future<void> show({
    required String title,
    required String body,
    required String channel,
  });
}
