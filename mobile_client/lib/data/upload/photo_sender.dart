import 'dart:io';

import '../../domain/prediction.dart';
import '../../domain/queued_upload.dart';
import '../api/api_connection.dart';
import '../api/exchange.dart';
import '../api/predictions_api.dart';
import '../session_repository.dart';

/// Sends a photo to the server that it belongs to.
typedef PhotoSender = Future<Prediction> Function(
  QueuedUpload upload, {
  required ProgressListener onProgress,
  required CancelToken cancel,
});

/// Sends photos as whoever is signed in.
PhotoSender senderOf(SessionRepository sessions) => (
      upload, {
      required onProgress,
      required cancel,
    }) =>
        createPrediction(
          sessions.connection,
          photo: File(upload.path),
          bytes: upload.bytes,
          sha256: upload.sha256,
          idempotencyKey: upload.idempotencyKey,
          onProgress: onProgress,
          cancel: cancel,
        );
