import 'dart:io';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/settings_store.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/platform/photo_picker.dart';
import 'package:image_classifier/utils/observable.dart';

import '../examples.dart';

/// A queue whose photos go where a test moves them.
class FakeUploadQueue implements UploadQueue {
  @override
  final Observable<List<QueuedUpload>> uploads = Observable(const []);
  final Map<String, Observable<double?>> _progress = {};

  /// Why the next photo cannot be taken; null if it can.
  ApiException? refusal;

  /// What was asked for, in order.
  final List<String> calls = [];

  /// Puts [upload] into the list, in place of its earlier self.
  void show(QueuedUpload upload) => uploads.value = [
        ...uploads.value.where((each) => each.id != upload.id),
        upload,
      ];

  @override
  Observable<double?> progressOf(String id) =>
      _progress.putIfAbsent(id, () => Observable(null));

  @override
  Future<QueuedUpload> add(
    File photo, {
    bool held = false,
    String? replaces,
  }) async {
    calls.add('${held ? 'hold' : 'add'} ${photo.path}');
    if (refusal case final refusal?) throw refusal;
    final kept = exampleUpload(
      id: 'new',
      state: held ? UploadState.needsYou : UploadState.waiting,
    );
    show(kept);
    return kept;
  }

  @override
  Future<QueuedUpload> replace(String id, File photo) async {
    calls.add('replace $id ${photo.path}');
    uploads.value = [...uploads.value.where((each) => each.id != id)];
    final kept = exampleUpload(id: 'cropped');
    show(kept);
    return kept;
  }

  @override
  Future<void> retry(String id) async => calls.add('retry $id');

  @override
  Future<void> cancel(String id) async => calls.add('cancel $id');

  @override
  Future<void> remove(String id) async {
    calls.add('remove $id');
    uploads.value = [...uploads.value.where((each) => each.id != id)];
  }

  @override
  Future<void> forget(String owner) async {}

  @override
  Future<void> start() async {}

  @override
  Future<void> stop() async {}

  @override
  void wake() => calls.add('wake');
}

/// A photo in the queue of the example session's user.
QueuedUpload exampleUpload({
  String id = 'photo',
  UploadState state = UploadState.waiting,
  UploadProblem? problem,
  DateTime? notBefore,
}) =>
    QueuedUpload(
      id: id,
      path: '/no/such/$id.photo',
      sha256: '',
      bytes: 3,
      createdAt: DateTime.utc(2026, 5),
      owner: exampleSession().owner,
      state: state,
      problem: problem,
      notBefore: notBefore,
      prediction: state == UploadState.done ? examplePrediction() : null,
    );

/// Settings that last as long as a test.
class FakeSettingsStore implements SettingsStore {
  @override
  final Observable<Settings> settings = Observable(const Settings());

  @override
  bool get sendOriginals => settings.value.sendOriginals;

  @override
  ThemeChoice get theme => settings.value.theme;

  @override
  Future<void> load() async {}

  @override
  Future<void> setSendOriginals(bool value) async =>
      settings.value = settings.value.copyWith(sendOriginals: value);

  @override
  Future<void> change(Settings next) async => settings.value = next;

  @override
  Future<void> setTheme(ThemeChoice value) async =>
      settings.value = settings.value.copyWith(theme: value);
}

/// A camera and a gallery that give what a test says.
class FakePhotoPicker implements PhotoPicker {
  PickOutcome outcome = PhotosPicked([File('/no/such/picked.jpg')]);
  PickOutcome lost = const NothingPicked();

  /// What was asked for, in order.
  final List<String> calls = [];

  @override
  Future<PickOutcome> pick(
    PhotoSource source, {
    required bool original,
  }) async {
    calls.add('${source.name}${original ? ' original' : ''}');
    return outcome;
  }

  @override
  Future<PickOutcome> recoverLost() async => lost;
}
