/// A value that tells its listeners when it changes.
class Observable<T> {
  Observable(this._value);

  T _value;
  final List<void Function()> _listeners = [];

  T get value => _value;

  set value(T next) {
    if (identical(_value, next) || _value == next) return;
    _value = next;
    for (final listener in [..._listeners]) {
      listener();
    }
  }

  void addListener(void Function() listener) => _listeners.add(listener);

  void removeListener(void Function() listener) => _listeners.remove(listener);
}
