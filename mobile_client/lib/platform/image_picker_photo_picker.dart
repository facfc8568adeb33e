import 'dart:io';

import 'package:flutter/services.dart';
import 'package:image_picker/image_picker.dart';

import '../config.dart' as config;
import 'photo_picker.dart';

/// Gets photos through the image_picker plugin.
class ImagePickerPhotoPicker implements PhotoPicker {
  ImagePickerPhotoPicker({ImagePicker? picker})
      : _picker = picker ?? ImagePicker();

  final ImagePicker _picker;

  @override
  Future<PickOutcome> pick(
    PhotoSource source, {
    required bool original,
  }) async {
    final maxSidePx = original ? null : config.uploadMaxSidePx.toDouble();
    try {
      final quality = original ? null : config.jpegQuality;
      final files = switch (source) {
        PhotoSource.camera => [
            await _picker.pickImage(
              source: ImageSource.camera,
              maxWidth: maxSidePx,
              maxHeight: maxSidePx,
              imageQuality: quality,
              requestFullMetadata: false,
            ),
          ],
        // Full metadata needs access to the whole gallery on iOS.
        PhotoSource.gallery => await _picker.pickMultiImage(
            maxWidth: maxSidePx,
            maxHeight: maxSidePx,
            imageQuality: quality,
            requestFullMetadata: false,
          ),
      };
      return _outcomeOf(files);
    } on PlatformException catch (error) {
      return PickFailed(_problemOf(error.code));
    }
  }

  @override
  Future<PickOutcome> recoverLost() async {
    if (!Platform.isAndroid) return const NothingPicked();
    try {
      final lost = await _picker.retrieveLostData();
      if (lost.exception case final error?) {
        return PickFailed(_problemOf(error.code));
      }
      return _outcomeOf(lost.files ?? [lost.file]);
    } on PlatformException catch (error) {
      return PickFailed(_problemOf(error.code));
    }
  }

  PickOutcome _outcomeOf(List<XFile?> files) {
    final picked = [
      for (final file in files)
        if (file != null) File(file.path),
    ];
    return picked.isEmpty ? const NothingPicked() : PhotosPicked(picked);
  }
}

PickProblem _problemOf(String code) => switch (code) {
      'camera_access_denied' ||
      'camera_access_restricted' ||
      'camera_access_denied_permanently' =>
        PickProblem.cameraRefused,
      'photo_access_denied' ||
      'photo_access_restricted' =>
        PickProblem.galleryRefused,
      'no_available_camera' => PickProblem.noCamera,
      _ => PickProblem.failed,
    };
