import 'dart:async';
import 'dart:io';

import 'package:image_classifier/domain/photo_edit.dart';
import 'package:image_classifier/platform/app_lock.dart';
import 'package:image_classifier/platform/background_work.dart';
import 'package:image_classifier/platform/network_watch.dart';
import 'package:image_classifier/platform/notifier.dart';
import 'package:image_classifier/platform/photo_cropper.dart';
import 'package:image_classifier/platform/shared_photos.dart';

/// A cropper that only keeps what it was asked for.
class FakePhotoCropper implements PhotoCropper {
  /// Of every photo; null if the phone cannot show it.
  (int, int)? size = (400, 300);

  /// In order.
  final List<PhotoEdit> edits = [];

  @override
  Future<(int, int)?> sizeOf(File photo) async => size;

  @override
  Future<File> crop(
    File photo,
    PhotoEdit edit, {
    required int? longestSide,
  }) async {
    edits.add(edit);
    return File(
      edit.isNone ? '${photo.path}.scaled' : '/no/such/cropped.jpg',
    );
  }
}

/// Work in the background that is only asked for.
class FakeBackgroundWork implements BackgroundWork {
  /// What was asked for, in order.
  final List<String> calls = [];

  @override
  Future<void> schedule({required bool onWifiOnly}) async =>
      calls.add('schedule${onWifiOnly ? ' on wifi' : ''}');

  @override
  Future<void> cancel() async => calls.add('cancel');
}

/// A network that returns when a test says so.
class FakeNetworkWatch implements NetworkWatch {
  final StreamController<void> controller = StreamController.broadcast();

  @override
  Stream<void> get returns => controller.stream;
}

/// Notifications that nobody sees.
class FakeNotifier implements Notifier {
  /// The titles that were shown, in order.
  final List<String> shown = [];

  @override
  Future<bool> allow() async => true;

  @override
  Future<void> show({
    required String title,
    required String body,
    required String channel,
  }) async =>
      shown.add(title);
}

/// A lock that opens if a test says so.
class FakeAppLock implements AppLock {
  bool opens = true;
  int asked = 0;

  @override
  Future<bool> get isThere async => true;

  @override
  Future<bool> unlock(String reason) async {
    asked++;
    return opens;
  }
}

/// Photos that a test hands over.
class FakeSharedPhotos implements SharedPhotos {
  final StreamController<List<File>> controller = StreamController.broadcast();

  @override
  Stream<List<File>> get incoming => controller.stream;
}
