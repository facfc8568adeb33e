import 'dart:io';

/// The phone's own way to hand something to another app.
abstract interface class ShareSheet {
  Future<void> text(String text);

  /// Hands over [file], with [text] where the other app takes one.
  Future<void> file(File file, {String? text});
}
