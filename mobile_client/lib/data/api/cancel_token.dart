import 'dart:async';

/// Lets the one who started a request give it up.
class CancelToken {
  final Completer<void> _cancelled = Completer();

  bool get isCancelled => _cancelled.isCompleted;

  /// Completes when [cancel] is called.
  Future<void> get whenCancelled => _cancelled.future;

  void cancel() {
    if (!isCancelled) _cancelled.complete();
  }
}
