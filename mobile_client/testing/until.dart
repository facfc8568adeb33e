import 'dart:async';

import 'package:image_classifier/utils/observable.dart';

/// Completes as soon as the value of [observable] is as wanted.
Future<T> until<T>(Observable<T> observable, bool Function(T) isWanted) async {
  final found = Completer<T>();
  void look() {
    if (!found.isCompleted && isWanted(observable.value)) {
      found.complete(observable.value);
    }
  }

  observable.addListener(look);
  look();
  try {
    return await found.future;
  } finally {
    observable.removeListener(look);
  }
}
