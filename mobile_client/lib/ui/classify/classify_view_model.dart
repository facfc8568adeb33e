import 'dart:io';

import '../../data/photo_intake.dart';
import '../../data/settings_store.dart';
import '../../data/twin/twin.dart';
import '../../data/upload/held_photos.dart';
import '../../data/upload_queue.dart';
import '../../domain/photo_edit.dart';
import '../../domain/queued_upload.dart';
import '../../platform/photo_cropper.dart';
import '../../platform/photo_picker.dart';
import '../../utils/command.dart';
import '../../utils/observable.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';
import '../crop/crop_view_model.dart';

/// Takes photos into the queue and follows what becomes of them.
class ClassifyViewModel extends ViewModel {
  ClassifyViewModel({
    required String owner,
    required UploadQueue queue,
    required PhotoPicker picker,
    required PhotoCropper cropper,
    required SettingsStore settings,
    this.provisional,
  })  : _owner = owner,
        _queue = queue,
        _picker = picker,
        _cropper = cropper,
        _settings = settings {
    _queue.uploads.addListener(notifyListeners);
    provisional?.addListener(notifyListeners);
  }

  /// What the phone itself sees in photos that wait; null if it cannot.
  final Observable<Map<String, ProvisionalAnswer>>? provisional;

  /// Whose photos are shown.
  final String _owner;
  final UploadQueue _queue;
  final PhotoPicker _picker;
  final PhotoCropper _cropper;
  final SettingsStore _settings;
  late final PhotoIntake _intake = PhotoIntake(
    queue: _queue,
    settings: _settings,
    scale: (photo, {required longestSide}) =>
        _cropper.crop(photo, const PhotoEdit(), longestSide: longestSide),
  );
  String? _currentId;
  PickProblem? _pickProblem;
  bool _isPicking = false;

  /// Takes the photos into the queue; the last one comes into the middle of
  /// the screen. After a failure it goes on with those that are not there yet.
  late final Command<void> keep = command(
    () => Result.of(
      () => _intake.keep(onKept: (kept) => _currentId = kept.id),
    ),
  );

  /// Why there is no photo, if the phone gave none.
  PickProblem? get pickProblem => _pickProblem;

  /// The photo in the middle of the screen.
  QueuedUpload? get current =>
      _mine.where((upload) => upload.id == _currentId).firstOrNull;

  /// What the current photo looks like.
  File? get picture => switch (current) {
        final upload? => File(upload.path),
        null => _currentId == null ? _intake.next : null,
      };

  /// The queue's other photos, newest first.
  List<QueuedUpload> get others =>
      _mine.where((upload) => upload.id != _currentId).toList();

  /// How many photos wait for a word, the one in the middle among them.
  int get heldCount => _queue.heldFor(_owner).length;

  Observable<double?> progressOf(QueuedUpload upload) =>
      _queue.progressOf(upload.id);

  Future<void> pick(PhotoSource source) => _take(
        () => _picker.pick(source, original: _settings.sendOriginals),
      );

  /// Takes over the photo during which the phone ended the app.
  Future<void> recoverLost() => _take(_picker.recoverLost);

  /// Takes photos that another app handed over.
  Future<void> take(List<File> files) => _keep(files, areScaled: false);

  /// Puts a photo into the middle of the screen.
  void show(QueuedUpload upload) {
    _currentId = upload.id;
    notifyListeners();
  }

  void forgetPickProblem() {
    _pickProblem = null;
    notifyListeners();
  }

  /// For cropping and turning [upload]. What comes of it is sent in its
  /// place, or as another photo if it has its answer already.
  CropViewModel cropping(QueuedUpload upload) => CropViewModel(
        photo: File(upload.path),
        cropper: _cropper,
        original: _settings.sendOriginals,
        onSend: (cropped) async {
          final isDone = upload.state == UploadState.done;
          if (cropped == null) {
            if (!isDone) await _queue.retry(upload.id);
            return;
          }
          final kept = isDone
              ? await _queue.add(cropped)
              : await _queue.replace(upload.id, cropped);
          show(kept);
        },
      );

  Future<void> retry(QueuedUpload upload) => _queue.retry(upload.id);

  /// Sends all photos that wait for a word, as they are.
  Future<void> sendHeld() => _queue.sendHeldFor(_owner);

  Future<void> cancel(QueuedUpload upload) => _queue.cancel(upload.id);

  Future<void> remove(QueuedUpload upload) async {
    if (upload.id == _currentId) _currentId = null;
    await _queue.remove(upload.id);
  }

  Iterable<QueuedUpload> get _mine => _queue.uploads.value.reversed
      .where((upload) => upload.owner == _owner);

  Future<void> _keep(List<File> files, {required bool areScaled}) {
    _intake.put(files, areScaled: areScaled);
    _currentId = null;
    _pickProblem = null;
    return keep.execute();
  }

  Future<void> _take(Future<PickOutcome> Function() ask) async {
    if (_isPicking || keep.running) return;
    _isPicking = true;
    try {
      switch (await ask()) {
        case PhotosPicked(:final files):
          await _keep(files, areScaled: true);
        case PickFailed(:final problem):
          _pickProblem = problem;
          notifyListeners();
        case NothingPicked():
          break;
      }
    } finally {
      _isPicking = false;
    }
  }

  @override
  void dispose() {
    _queue.uploads.removeListener(notifyListeners);
    provisional?.removeListener(notifyListeners);
    super.dispose();
  }
}
