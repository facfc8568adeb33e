import '../../data/change_queue.dart';
import '../../data/photo_files.dart';
import '../../data/prediction_repository.dart';
import '../../platform/photo_album.dart';
import '../../platform/share_sheet.dart';

/// What screens about predictions work with.
final class PredictionTools {
  const PredictionTools({
    required this.predictions,
    required this.changes,
    required this.files,
    required this.share,
    required this.album,
  });

  final PredictionRepository predictions;
  final ChangeQueue changes;
  final PhotoFiles files;
  final ShareSheet share;
  final PhotoAlbum album;
}
