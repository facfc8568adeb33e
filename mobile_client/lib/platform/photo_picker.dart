import 'dart:io';

/// Where a photo comes from.
enum PhotoSource { camera, gallery }

/// Why there is no photo.
enum PickProblem { cameraRefused, galleryRefused, noCamera, failed }

/// What came of asking for a photo.
sealed class PickOutcome {
  const PickOutcome();
}

/// Photos; the files are copies that the phone may delete at any time.
final class PhotosPicked extends PickOutcome {
  const PhotosPicked(this.files);

  /// At least one.
  final List<File> files;
}

/// The user went back without a photo.
final class NothingPicked extends PickOutcome {
  const NothingPicked();
}

/// The phone gave none.
final class PickFailed extends PickOutcome {
  const PickFailed(this.problem);

  final PickProblem problem;
}

/// Gets photos from the camera or the phone's gallery.
abstract interface class PhotoPicker {
  /// Asks the user for a photo, or for several from the gallery; they are
  /// scaled down unless [original].
  Future<PickOutcome> pick(PhotoSource source, {required bool original});

  /// The photos of a [pick] during which Android ended the app.
  Future<PickOutcome> recoverLost();
}
