import 'dart:ui';

import 'package:flutter/material.dart';

import 'app.dart';
import 'dependencies.dart';
import 'platform/app_folders.dart';
import 'platform/device_name.dart';
import 'platform/device_services.dart';
import 'platform/gal_photo_album.dart';
import 'platform/image_picker_photo_picker.dart';
import 'platform/mobile_code_scanner.dart';
import 'platform/plugin_share_sheet.dart';
import 'platform/secure_token_store.dart';
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
          share: const PluginShareSheet(),
          album: const GalPhotoAlbum(),
          scanner: const MobileCodeScanner(),
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
  final folders = await AppFolders.find();
  return Dependencies.open(
    files: folders.files,
    exports: folders.exports,
    secrets: SecureTokenStore(),
    deviceName: deviceName(),
  );
}
