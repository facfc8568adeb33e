import 'dart:io';

import '../../config.dart' as config;
import '../../domain/prediction.dart';
import '../../domain/queued_upload.dart';
import '../api/account_api.dart';
import '../api/api_connection.dart';
import '../api/exchange.dart';
import '../api/predictions_api.dart';
import '../session_repository.dart';

/// Sends a photo, as it waited, to the server that it belongs to.
typedef PhotoSender = Future<Prediction> Function(
  QueuedUpload upload, {
  required ProgressListener onProgress,
  required CancelToken cancel,
});

/// Sends photos as whoever is signed in.
///
/// A large photo that failed before is not sent before the server has answered
/// a small question: on a slow way its no to a photo is not heard before all
/// of it is sent, or not at all.
PhotoSender senderOf(SessionRepository sessions) => (
      upload, {
      required onProgress,
      required cancel,
    }) async {
      final connection = sessions.connection;
      if (upload.problem != null && upload.bytes > config.askFirstBytes) {
        await getMe(connection, cancel: cancel);
      }
      return createPrediction(
        connection,
        photo: File(upload.path),
        bytes: upload.bytes,
        sha256: upload.sha256,
        idempotencyKey: upload.idempotencyKey,
        onProgress: onProgress,
        cancel: cancel,
      );
    };
