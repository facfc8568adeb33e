import 'dart:io';

import '../config.dart' as config;
import '../domain/queued_upload.dart';
import '../utils/unexpected.dart';
import 'api/api_exception.dart';
import 'api/error_code.dart';
import 'settings_store.dart';
import 'upload_queue.dart';

/// Makes a smaller JPEG of a photo, without its place and date; the longer
/// side has [longestSide] pixels at the most. Throws where the phone cannot
/// decode the photo.
typedef ScalePhoto = Future<File> Function(
  File photo, {
  required int longestSide,
});

/// Takes photos into the queue, each as large as it is to be sent.
class PhotoIntake {
  PhotoIntake({
    required UploadQueue queue,
    required SettingsStore settings,
    required ScalePhoto scale,
  })  : _queue = queue,
        _settings = settings,
        _scale = scale;

  final UploadQueue _queue;
  final SettingsStore _settings;
  final ScalePhoto _scale;
  List<({File file, bool isScaled})> _waiting = const [];

  /// The photo that comes into the queue next; null for none.
  File? get next => _waiting.firstOrNull?.file;

  /// Has [photos] wait for [keep]; [areScaled] says that they are as large as
  /// the settings want them already.
  void put(List<File> photos, {required bool areScaled}) => _waiting = [
        ..._waiting,
        for (final file in photos) (file: file, isScaled: areScaled),
      ];

  /// Copies the photos into the queue, where they are safe, and tells
  /// [onKept] of each. After a failure, which it throws, it goes on with those
  /// that are not there yet; one that is gone never will be, and does not keep
  /// the others back.
  Future<void> keep({required void Function(QueuedUpload) onKept}) async {
    PhoneStorageException? gone;
    while (_waiting.isNotEmpty) {
      final (:file, :isScaled) = _waiting.first;
      try {
        onKept(
          await _queue.add(
            isScaled ? file : await _asToBeSent(file),
            held: _settings.settings.value.cropFirst,
          ),
        );
      } on PhoneStorageException catch (failure) {
        if (failure.code != ErrorCode.photoGone) rethrow;
        gone = failure;
      }
      _waiting = _waiting.sublist(1);
    }
    if (gone != null) throw gone;
  }

  /// Scaled down, unless originals are chosen. What the phone cannot decode
  /// stays as it is: the server may know it.
  Future<File> _asToBeSent(File photo) async {
    if (_settings.sendOriginals) return photo;
    try {
      return await _scale(photo, longestSide: config.uploadMaxSidePx);
    } on Exception {
      return photo;
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
      return photo;
    }
  }
}
