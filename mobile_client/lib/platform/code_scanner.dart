import 'package:flutter/widgets.dart';

/// Reads QR codes with the camera.
abstract interface class CodeScanner {
  /// The picture of the camera, which calls [onCode] with each text that it
  /// reads, and shows [onFailure] where there is no picture.
  Widget build({
    required void Function(String text) onCode,
    required Widget onFailure,
  });
}
