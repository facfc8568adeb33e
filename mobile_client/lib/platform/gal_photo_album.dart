import 'dart:io';

import 'package:gal/gal.dart';

import 'photo_album.dart';

/// Adds photos through the gal plugin.
class GalPhotoAlbum implements PhotoAlbum {
  const GalPhotoAlbum();

  @override
  Future<bool> save(File photo) async {
    if (!await Gal.hasAccess() && !await Gal.requestAccess()) return false;
    try {
      await Gal.putImage(photo.path);
      return true;
    } on GalException {
      return false;
    }
  }
}
