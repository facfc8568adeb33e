/// Hears of every exception that nobody foresaw: the app keeps them for a
/// report; without an app nobody hears them.
void Function(Object error, StackTrace stack) onUnexpected = _ignore;

/// Tells [onUnexpected]; whatever that throws stays here.
void reportUnexpected(Object error, StackTrace stack) {
  try {
    onUnexpected(error, stack);
  } on Object {
    return;
  }
}

void _ignore(Object error, StackTrace stack) {}
