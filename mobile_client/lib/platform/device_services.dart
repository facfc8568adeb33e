import 'app_lock.dart';
import 'background_work.dart';
import 'code_scanner.dart';
import 'network_watch.dart';
import 'notifier.dart';
import 'photo_album.dart';
import 'photo_cropper.dart';
import 'photo_picker.dart';
import 'share_sheet.dart';
import 'shared_photos.dart';

/// What the phone does for the screens, each through a plugin behind an
/// interface of its own.
final class DeviceServices {
  const DeviceServices({
    required this.picker,
    required this.cropper,
    required this.share,
    required this.album,
    required this.scanner,
    required this.background,
    required this.network,
    required this.notifier,
    required this.lock,
    required this.shared,
  });

  final PhotoPicker picker;
  final PhotoCropper cropper;
  final ShareSheet share;
  final PhotoAlbum album;
  final CodeScanner scanner;
  final BackgroundWork background;
  final NetworkWatch network;
  final Notifier notifier;
  final AppLock lock;
  final SharedPhotos shared;
}
