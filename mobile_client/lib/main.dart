import 'dart:ui';

import 'package:flutter/material.dart';

import 'app.dart';
import 'data/background_turn.dart';
import 'dependencies.dart';
import 'platform/app_folders.dart';
import 'platform/device_name.dart';
import 'platform/device_services.dart';
import 'platform/gal_photo_album.dart';
import 'platform/image_picker_photo_picker.dart';
import 'platform/local_auth_app_lock.dart';
import 'platform/mobile_code_scanner.dart';
import 'platform/one_writer.dart';
import 'platform/plugin_network_watch.dart';
import 'platform/plugin_notifier.dart';
import 'platform/plugin_share_sheet.dart';
import 'platform/plugin_shared_photos.dart';
import 'platform/secure_token_store.dart';
import 'platform/tflite_twin_engine.dart';
import 'platform/ui_photo_cropper.dart';
import 'platform/ui_photo_decoder.dart';
import 'platform/workmanager_background_work.dart';
import 'ui/core/broken_part.dart';
import 'ui/start/start_screen.dart';
import 'utils/unexpected.dart';

void main() {
  WidgetsFlutterBinding.ensureInitialized();
  _hearEverything();
  runApp(
    StartScreen<Dependencies>(
      open: _open,
      builder: (dependencies) => ImageClassifierApp(
        dependencies: dependencies,
        device: DeviceServices(
          picker: ImagePickerPhotoPicker(),
          cropper: const UiPhotoCropper(),
          share: const PluginShareSheet(),
          album: const GalPhotoAlbum(),
          scanner: const MobileCodeScanner(),
          background: WorkmanagerBackgroundWork(),
          network: const PluginNetworkWatch(),
          notifier: PluginNotifier(),
          lock: LocalAuthAppLock(),
          shared: const PluginSharedPhotos(),
        ),
      ),
    ),
  );
}

/// No exception is lost, wherever it comes from.
void _hearEverything() {
  final present = FlutterError.onError;
  FlutterError.onError = (details) {
    present?.call(details);
    reportUnexpected(details.exception, details.stack ?? StackTrace.empty);
  };
  PlatformDispatcher.instance.onError = (error, stack) {
    debugPrint('$error\n$stack');
    reportUnexpected(error, stack);
    return true;
  };
  ErrorWidget.builder = (details) => const BrokenPart();
}

Future<Dependencies> _open() async {
  final writer = await OneWriter.app();
  final folders = await AppFolders.find();
  final all = await Dependencies.open(
    files: folders.files,
    exports: folders.exports,
    secrets: SecureTokenStore(),
    deviceName: deviceName(),
    decoder: const UiPhotoDecoder(),
    engine: const TfliteTwinEngine(),
  );
  writer.turn = BackgroundTurn(uploads: all.queue, changes: all.changes);
  return all;
}
