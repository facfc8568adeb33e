import 'dart:io';

import '../domain/prediction.dart';
import '../utils/result.dart';
import 'api/api_exception.dart';
import 'prediction_repository.dart';

/// Photos of the history as files, for other apps.
class PhotoFiles {
  const PhotoFiles(this._predictions, this._folder);

  final PredictionRepository _predictions;

  /// Where the phone may delete them at any time.
  final Directory _folder;

  /// The photo as it was sent, named after what is on it.
  Future<Result<File>> of(Prediction prediction) => Result.of(() async {
        final bytes = switch (await _predictions.image(prediction)) {
          Ok(:final value) => value,
          Failed(:final error) => throw error,
        };
        try {
          final folder = await _folder.createTemp('photo');
          final file = File('${folder.path}/${_nameOf(prediction)}');
          return await file.writeAsBytes(bytes, flush: true);
        } on FileSystemException {
          throw const PhoneStorageException.noRoom();
        }
      });

  String _nameOf(Prediction prediction) {
    final name = prediction.label.replaceAll(RegExp(r'[^A-Za-z0-9_-]+'), '_');
    final kind = prediction.photo.contentType.split('/').last;
    return '${name.isEmpty ? 'photo' : name}.${_endings[kind] ?? kind}';
  }
}

const Map<String, String> _endings = {'jpeg': 'jpg'};
