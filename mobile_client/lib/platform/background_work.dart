/// Has the phone send what waits while the app is closed.
abstract interface class BackgroundWork {
  /// Asks for it, as soon as there is a network; [onWifiOnly] waits for one
  /// that costs nothing.
  Future<void> schedule({required bool onWifiOnly});

  /// Takes that back: nothing waits, or the app sends by itself.
  Future<void> cancel();
}
