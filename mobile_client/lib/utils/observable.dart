import 'unexpected.dart';

/// A value that tells its listeners when it changes. A listener that fails
/// does not keep the change from the others, nor from who made it.
class Observable<T> {
  Observable(this._value);

  T _value;
  final List<void Function()> _listeners = [];

  T get value => _value;

  set value(T next) {
    if (identical(_value, next) || _value == next) return;
    _value = next;
    for (final listener in [..._listeners]) {
      try {
        listener();
      } on Object catch (error, stack) {
        reportUnexpected(error, stack);
      }
    }
  }

  void addListener(void Function() listener) => _listeners.add(listener);

  void removeListener(void Function() listener) => _listeners.remove(listener);
}
