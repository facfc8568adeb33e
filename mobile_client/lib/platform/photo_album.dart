import 'dart:io';

/// The phone's own photos.
abstract interface class PhotoAlbum {
  /// Adds a photo; false if the user does not allow it.
  Future<bool> save(File photo);
}
