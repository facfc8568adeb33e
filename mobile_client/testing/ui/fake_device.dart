import 'dart:io';

import 'package:flutter/widgets.dart';
import 'package:image_classifier/data/change_queue.dart';
import 'package:image_classifier/data/device_repository.dart';
import 'package:image_classifier/data/model_repository.dart';
import 'package:image_classifier/data/photo_files.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/data/problem_log.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/twin/twin.dart';
import 'package:image_classifier/data/twin/twin_store.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/dependencies.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/platform/app_lock.dart';
import 'package:image_classifier/platform/background_work.dart';
import 'package:image_classifier/platform/code_scanner.dart';
import 'package:image_classifier/platform/device_services.dart';
import 'package:image_classifier/platform/network_watch.dart';
import 'package:image_classifier/platform/photo_album.dart';
import 'package:image_classifier/platform/photo_picker.dart';
import 'package:image_classifier/platform/share_sheet.dart';
import 'package:image_classifier/platform/shared_photos.dart';
import 'package:image_classifier/ui/prediction/prediction_tools.dart';
import 'package:image_classifier/utils/result.dart';

import '../fake_twin_engine.dart';
import 'fake_changes.dart';
import 'fake_phone.dart';
import 'fake_queue.dart';
import 'fake_repositories.dart';

/// A share sheet that keeps what was handed to it.
class FakeShareSheet implements ShareSheet {
  /// The texts and the paths of the files, in order.
  final List<String> shared = [];

  @override
  Future<void> text(String text) async => shared.add(text);

  @override
  Future<void> file(File file, {String? text}) async => shared.add(file.path);
}

/// The phone's photos, which take what is allowed.
class FakePhotoAlbum implements PhotoAlbum {
  bool isAllowed = true;

  /// The paths of what was added, in order.
  final List<String> saved = [];

  @override
  Future<bool> save(File photo) async {
    if (isAllowed) saved.add(photo.path);
    return isAllowed;
  }
}

/// A camera that reads what a test shows to it.
class FakeCodeScanner implements CodeScanner {
  void Function(String text)? show;

  @override
  Widget build({
    required void Function(String text) onCode,
    required Widget onFailure,
  }) {
    show = onCode;
    return onFailure;
  }
}

/// Files that are not written.
class FakePhotoFiles implements PhotoFiles {
  Result<File> file = Ok(File('/no/such/golden_retriever.jpg'));

  @override
  Future<Result<File>> of(Prediction prediction) async => file;
}

/// What screens about predictions work with.
PredictionTools fakeTools({
  PredictionRepository? predictions,
  ChangeQueue? changes,
  PhotoFiles? files,
  ShareSheet? share,
  PhotoAlbum? album,
}) =>
    PredictionTools(
      predictions: predictions ?? FakePredictionRepository(),
      changes: changes ?? FakeChangeQueue(),
      files: files ?? FakePhotoFiles(),
      share: share ?? FakeShareSheet(),
      album: album ?? FakePhotoAlbum(),
    );

/// The phone of a test.
DeviceServices fakeDevice({
  PhotoPicker? picker,
  ShareSheet? share,
  BackgroundWork? background,
  NetworkWatch? network,
  AppLock? lock,
  SharedPhotos? shared,
}) =>
    DeviceServices(
      picker: picker ?? FakePhotoPicker(),
      cropper: FakePhotoCropper(),
      share: share ?? FakeShareSheet(),
      album: FakePhotoAlbum(),
      scanner: FakeCodeScanner(),
      background: background ?? FakeBackgroundWork(),
      network: network ?? FakeNetworkWatch(),
      notifier: FakeNotifier(),
      lock: lock ?? FakeAppLock(),
      shared: shared ?? FakeSharedPhotos(),
    );

/// All repositories; those that a test does not name are its own fakes.
Dependencies fakeDependencies({
  SessionRepository? sessions,
  SettingsStore? settings,
  UploadQueue? queue,
  PredictionRepository? predictions,
  DeviceRepository? devices,
  ModelRepository? models,
  ProblemLog? problems,
  Twin? twin,
}) =>
    Dependencies(
      sessions: sessions ?? FakeSessionRepository(signedIn: true),
      settings: settings ?? FakeSettingsStore(),
      queue: queue ?? FakeUploadQueue(),
      predictions: predictions ?? FakePredictionRepository(),
      devices: devices ?? FakeDeviceRepository(),
      models: models ?? FakeModelRepository(),
      exports: Directory('/exports'),
      changes: FakeChangeQueue(),
      files: FakePhotoFiles(),
      problems: problems ?? ProblemLog(AppFolder(Directory('/no/such'))),
      twin: twin,
    );

/// A model on the phone that looks at nothing.
Twin fakeTwin() => Twin(
      sessions: FakeSessionRepository(signedIn: true),
      store: TwinStore(AppFolder(Directory('/no/such'))),
      decoder: FakePhotoDecoder(),
      engine: FakeTwinEngine(),
    );
