import 'code_scanner.dart';
import 'photo_album.dart';
import 'photo_picker.dart';
import 'share_sheet.dart';

/// What the phone does for the screens, each through a plugin behind an
/// interface of its own.
final class DeviceServices {
  const DeviceServices({
    required this.picker,
    required this.share,
    required this.album,
    required this.scanner,
  });

  final PhotoPicker picker;
  final ShareSheet share;
  final PhotoAlbum album;
  final CodeScanner scanner;
}
