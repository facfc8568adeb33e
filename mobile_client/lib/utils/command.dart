import '../data/api/api_exception.dart';
import 'result.dart';
import 'unexpected.dart';

/// Runs one asynchronous action at a time and keeps how it went.
class Command<T> {
  Command(this._action, {void Function()? onChange}) : _onChange = onChange;

  final Future<Result<T>> Function() _action;
  final void Function()? _onChange;
  bool _running = false;
  Result<T>? _result;

  bool get running => _running;

  /// How the last run ended; null while running and before the first run.
  Result<T>? get result => _result;

  /// Why the last run failed; null if it did not.
  ApiException? get error => switch (_result) {
        Failed(:final error) => error,
        _ => null,
      };

  /// Runs the action, unless it is running already.
  Future<void> execute() async {
    if (_running) return;
    _running = true;
    _result = null;
    _onChange?.call();
    try {
      _result = await _action();
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
      _result = Failed(UnexpectedException('$error'));
    } finally {
      _running = false;
      _onChange?.call();
    }
  }

  /// Forgets the last result.
  void clear() {
    _result = null;
    _onChange?.call();
  }
}
