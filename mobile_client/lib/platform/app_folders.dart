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

  /// Where what was exported is until it is handed over, and stays.
  final Directory exports;
}

/// A computer sees it over USB: on iOS the app's documents, on Android its
/// folder for downloads.
Future<Directory> _exports() async {
  if (Platform.isIOS) return getApplicationDocumentsDirectory();
  return await getDownloadsDirectory() ??
      await getApplicationDocumentsDirectory();
}
