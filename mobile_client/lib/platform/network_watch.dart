/// Tells when there is a network again.
abstract interface class NetworkWatch {
  Stream<void> get returns;
}
