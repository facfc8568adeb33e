import 'dart:io';

import 'package:image_classifier/data/device_repository.dart';
import 'package:image_classifier/data/model_repository.dart';
import 'package:image_classifier/data/prediction_repository.dart';
import 'package:image_classifier/data/problem_log.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/dependencies.dart';
import 'package:image_classifier/platform/device_services.dart';
import 'package:image_classifier/platform/photo_picker.dart';
import 'package:image_classifier/platform/share_sheet.dart';

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

/// The phone of a test.
DeviceServices fakeDevice({PhotoPicker? picker, ShareSheet? share}) =>
    DeviceServices(
      picker: picker ?? FakePhotoPicker(),
      share: share ?? FakeShareSheet(),
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
}) =>
    Dependencies(
      sessions: sessions ?? FakeSessionRepository(signedIn: true),
      settings: settings ?? FakeSettingsStore(),
      queue: queue ?? FakeUploadQueue(),
      predictions: predictions ?? FakePredictionRepository(),
      devices: devices ?? FakeDeviceRepository(),
      models: models ?? FakeModelRepository(),
      exports: Directory('/exports'),
      problems: problems ?? ProblemLog(AppFolder(Directory('/no/such'))),
    );
