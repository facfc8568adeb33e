import 'crop.dart';

/// What is done to a photo before it is sent: turned, then cropped.
final class PhotoEdit {
  const PhotoEdit({this.quarterTurns = 0, this.crop = Crop.whole});

  /// Clockwise, 0 to 3.
  final int quarterTurns;

  /// Of the turned photo.
  final Crop crop;

  bool get isNone => quarterTurns == 0 && crop == Crop.whole;

  /// Whether the photo lies on its side compared with the file.
  bool get isOnSide => quarterTurns.isOdd;

  /// Turned once more, what is kept with it.
  PhotoEdit turned({bool clockwise = true}) {
    final turns = clockwise ? 1 : 3;
    var kept = crop;
    for (var i = 0; i < turns; i++) {
      kept = kept.turned();
    }
    return PhotoEdit(quarterTurns: (quarterTurns + turns) % 4, crop: kept);
  }

  PhotoEdit cropped(Crop crop) =>
      PhotoEdit(quarterTurns: quarterTurns, crop: crop);

  /// The same part of the photo as it is in the file.
  Crop get cropInFile {
    var kept = crop;
    for (var i = quarterTurns; i % 4 != 0; i++) {
      kept = kept.turned();
    }
    return kept;
  }

  /// How much smaller the file may be decoded, 0 to 1, so that the longer
  /// side of what is kept has [longestSide] pixels, or all that there are
  /// for null. [width] and [height] are the file's, upright.
  double scaleFor(int width, int height, {required int? longestSide}) {
    if (longestSide == null) return 1;
    final kept = cropInFile.pixelsOf(width, height);
    final longer = kept.width > kept.height ? kept.width : kept.height;
    return longer <= longestSide ? 1 : longestSide / longer;
  }

  @override
  bool operator ==(Object other) =>
      other is PhotoEdit &&
      other.quarterTurns == quarterTurns &&
      other.crop == crop;

  @override
  int get hashCode => Object.hash(quarterTurns, crop);
}
