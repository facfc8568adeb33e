import 'dart:io';

import 'package:path_provider/path_provider.dart';

/// The folders that the phone gives to this app.
final class AppFolders {
  const AppFolders({required this.files, required this.exports});

  static Future<AppFolders> find() async => AppFolders(
        files: await getApplicationSupportDirectory(),
        exports: await _exports(),
      );

  /// What only this app sees: queue, history and settings.
  final Directory files;

  /// Where the user finds what was exported, with the phone's file manager.
  final Directory exports;
}

/// On iOS the app's documents are in the Files app; on Android the app has a
/// folder for downloads that a computer sees over USB.
Future<Directory> _exports() async {
  if (Platform.isIOS) return getApplicationDocumentsDirectory();
  return await getDownloadsDirectory() ??
      await getApplicationDocumentsDirectory();
}
