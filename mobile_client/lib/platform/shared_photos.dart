import 'dart:io';

/// Photos that other apps hand to this one.
abstract interface class SharedPhotos {
  /// Each time that some come, beginning with those that opened the app.
  Stream<List<File>> get incoming;
}
