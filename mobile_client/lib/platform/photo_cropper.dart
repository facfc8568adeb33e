import 'dart:io';

import '../domain/photo_edit.dart';

/// Makes another photo of a part of one.
abstract interface class PhotoCropper {
  /// Width and height of [photo] as it is seen, upright, in pixels; null if
  /// the phone cannot show it.
  Future<(int width, int height)?> sizeOf(File photo);

  /// What [edit] leaves of [photo], as a file that the phone may delete at
  /// any time; its longer side has [longestSide] pixels at the most, if that
  /// is given. The photo itself stays as it is.
  Future<File> crop(File photo, PhotoEdit edit, {required int? longestSide});
}
