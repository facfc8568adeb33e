import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import '../../config.dart' as config;
import '../../domain/feedback.dart';
import '../../domain/history_filter.dart';
import '../../domain/prediction.dart';
import '../../domain/prediction_page.dart';
import '../../utils/sha256.dart';
import 'answer.dart';
import 'api_connection.dart';
import 'exchange.dart';

/// POST predictions/: classifies a photo and stores it, once for each
/// [idempotencyKey].
///
/// [sha256] is the hash of [photo] in hexadecimal, [bytes] its size.
Future<Prediction> createPrediction(
  ApiConnection connection, {
  required File photo,
  required int bytes,
  required String sha256,
  required String idempotencyKey,
  ProgressListener? onProgress,
  CancelToken? cancel,
}) async {
  final answer = await connection.send(
    'POST',
    'api/v1/predictions/',
    upload: UploadBody(file: photo, bytes: bytes),
    headers: {
      'Idempotency-Key': idempotencyKey,
      'Content-Digest': 'sha-256=:${base64Encode(fromHex(sha256))}:',
    },
    onProgress: onProgress,
    cancel: cancel,
    timeout: config.uploadIdleTimeout,
  );
  return readAnswer(answer, Prediction.fromJson);
}

/// GET predictions/, the newest page.
Future<PredictionPage> listPredictions(
  ApiConnection connection, {
  HistoryFilter filter = const HistoryFilter(),
  int? pageSize,
}) async {
  final answer = await connection.send(
    'GET',
    'api/v1/predictions/',
    query: {
      ...filter.query,
      if (pageSize != null) 'page_size': '$pageSize',
    },
  );
  return readAnswer(answer, PredictionPage.fromJson);
}

/// GET predictions/, the page that another one calls its [next].
Future<PredictionPage> listMorePredictions(
  ApiConnection connection,
  Uri next,
) async =>
    readAnswer(
      await connection.send('GET', '$next'),
      PredictionPage.fromJson,
    );

/// GET predictions/{id}/
Future<Prediction> getPrediction(ApiConnection connection, String id) async =>
    readAnswer(
      await connection.send('GET', 'api/v1/predictions/$id/'),
      Prediction.fromJson,
    );

/// DELETE predictions/{id}/
Future<void> deletePrediction(ApiConnection connection, String id) =>
    connection.send('DELETE', 'api/v1/predictions/$id/');

/// GET predictions/{id}/thumbnail/
Future<Uint8List> getThumbnail(
  ApiConnection connection,
  Prediction prediction,
) =>
    connection.bytes(prediction.photo.thumbnailUrl);

/// GET predictions/{id}/image/
Future<Uint8List> getImage(ApiConnection connection, Prediction prediction) =>
    connection.bytes(prediction.photo.url);

/// PUT predictions/{id}/feedback/
Future<void> putFeedback(
  ApiConnection connection,
  String id,
  Feedback feedback,
) =>
    connection.send(
      'PUT',
      'api/v1/predictions/$id/feedback/',
      json: feedback.toJson(),
    );

/// DELETE predictions/{id}/feedback/
Future<void> deleteFeedback(ApiConnection connection, String id) =>
    connection.send('DELETE', 'api/v1/predictions/$id/feedback/');

/// POST predictions/{id}/classify/: the stored photo, by the model that
/// serves now.
Future<Prediction> classifyAgain(ApiConnection connection, String id) async =>
    readAnswer(
      await connection.send(
        'POST',
        'api/v1/predictions/$id/classify/',
        timeout: config.uploadIdleTimeout,
      ),
      Prediction.fromJson,
    );

/// GET predictions/{id}/why/: where the model saw [label], as a picture.
Future<Uint8List> getWhy(
  ApiConnection connection,
  String id, {
  required String wnid,
  required String label,
}) =>
    connection.bytes(
      connection.server.resolve('api/v1/predictions/$id/why/').replace(
            queryParameters: wnid.isEmpty ? {'label': label} : {'wnid': wnid},
          ),
    );
