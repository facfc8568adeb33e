import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/data/twin/twin.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/platform/photo_cropper.dart';
import 'package:image_classifier/platform/photo_picker.dart';
import 'package:image_classifier/ui/classify/classify_view_model.dart';
import 'package:image_classifier/utils/observable.dart';

import '../examples.dart';
import 'fake_phone.dart';
import 'fake_queue.dart';

/// What the first screen works with; what a test does not name is a fake of
/// its own.
ClassifyViewModel fakeClassify({
  UploadQueue? queue,
  PhotoPicker? picker,
  PhotoCropper? cropper,
  SettingsStore? settings,
  Observable<Map<String, ProvisionalAnswer>>? provisional,
}) =>
    ClassifyViewModel(
      owner: exampleSession().owner,
      queue: queue ?? FakeUploadQueue(),
      picker: picker ?? FakePhotoPicker(),
      cropper: cropper ?? FakePhotoCropper(),
      settings: settings ?? FakeSettingsStore(),
      provisional: provisional,
    );
