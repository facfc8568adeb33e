import '../../domain/queued_upload.dart';
import '../upload_queue.dart';

/// The photos that are not sent before somebody says so.
extension HeldPhotos on UploadQueue {
  /// Those of an account, oldest first.
  List<QueuedUpload> heldFor(String owner) => [
        for (final upload in uploads.value)
          if (upload.isHeld && upload.owner == owner) upload,
      ];

  /// Sends them all as they are.
  Future<void> sendHeldFor(String owner) async {
    for (final upload in heldFor(owner)) {
      await retry(upload.id);
    }
  }
}
