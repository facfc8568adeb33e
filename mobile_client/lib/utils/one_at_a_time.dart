/// Runs actions one after the other, in the order in which they are asked
/// for.
class OneAtATime {
  Future<void> _last = Future.value();

  Future<T> run<T>(Future<T> Function() action) {
    final result = _last.then((_) => action());
    _last = result.then((_) {}, onError: (Object _) {});
    return result;
  }
}
