import 'package:flutter/widgets.dart';

import 'app.dart';
import 'dependencies.dart';
import 'platform/app_folders.dart';
import 'platform/device_name.dart';
import 'platform/image_picker_photo_picker.dart';
import 'platform/secure_token_store.dart';
import 'ui/start/start_screen.dart';

void main() {
  WidgetsFlutterBinding.ensureInitialized();
  runApp(
    StartScreen<Dependencies>(
      open: _open,
      builder: (dependencies) => ImageClassifierApp(
        dependencies: dependencies,
        picker: ImagePickerPhotoPicker(),
      ),
    ),
  );
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
