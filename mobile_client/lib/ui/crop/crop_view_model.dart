import 'dart:io';

import '../../config.dart' as config;
import '../../domain/crop.dart';
import '../../domain/photo_edit.dart';
import '../../platform/photo_cropper.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';

/// A photo that is being cropped and turned; the file itself is not changed.
class CropViewModel extends ViewModel {
  CropViewModel({
    required this.photo,
    required PhotoCropper cropper,
    required bool original,
    required Future<void> Function(File? cropped) onSend,
  })  : _cropper = cropper,
        _longestSide = original ? null : config.uploadMaxSidePx,
        _onSend = onSend;

  final File photo;
  final PhotoCropper _cropper;
  final int? _longestSide;
  final Future<void> Function(File? cropped) _onSend;
  final List<PhotoEdit> _before = [];
  PhotoEdit _edit = const PhotoEdit();

  PhotoEdit get edit => _edit;

  bool get canUndo => _before.any((edit) => edit != _edit);

  /// Width and height of the photo in the file, upright; null if the phone
  /// cannot show it.
  late final Command<(int, int)?> size =
      command(() => Result.of(() => _cropper.sizeOf(photo)));

  /// Hands over what was cropped, or null where nothing was to be changed.
  late final Command<void> send = command(
    () => Result.of(() async {
      final cropped = _edit.isNone
          ? null
          : await _cropper.crop(photo, _edit, longestSide: _longestSide);
      await _onSend(cropped);
    }),
  );

  /// A change begins that [undo] takes back as one.
  void begin() => _before.add(_edit);

  void moveEdge(CropEdge edge, double part) =>
      _show(_edit.cropped(_edit.crop.withEdgeMoved(edge, part)));

  void move(double toRight, double down) =>
      _show(_edit.cropped(_edit.crop.moved(toRight, down)));

  void turn({required bool clockwise}) {
    begin();
    _show(_edit.turned(clockwise: clockwise));
  }

  void reset() {
    if (_edit.isNone) return;
    begin();
    _show(const PhotoEdit());
  }

  void undo() {
    // A finger may have held a handle without moving it.
    while (_before.isNotEmpty) {
      final before = _before.removeLast();
      if (before != _edit) return _show(before);
    }
  }

  void _show(PhotoEdit edit) {
    _edit = edit;
    notifyListeners();
  }
}
