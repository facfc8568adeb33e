import 'dart:io';

import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/domain/session.dart';
import 'package:image_classifier/domain/user.dart';

/// A server's answer to `POST predictions/`.
Map<String, Object?> predictionJson({
  String id = '0b0d5b6e-9f43-4f0e-8d0a-1d9f6a3b7c11',
  String label = 'golden_retriever',
  String server = 'http://192.168.1.5:8000/',
  String createdAt = '2026-05-01T12:00:00.250000Z',
  String sha256 = '',
}) =>
    {
      'id': id,
      'created_at': createdAt,
      'label': label,
      'probability': 0.9697,
      'top': [
        {'wnid': 'n02099601', 'label': label, 'probability': 0.9697},
        {'wnid': 'n02102318', 'label': 'cocker_spaniel', 'probability': 0.01},
      ],
      'model': {'name': 'resnet50', 'version': '3f9c0a1b2c4d'},
      'image': {
        'url': '${server}api/v1/predictions/$id/image/',
        'thumbnail_url': '${server}api/v1/predictions/$id/thumbnail/',
        'width': 1600,
        'height': 1200,
        'bytes': 241775,
        'content_type': 'image/jpeg',
        'sha256': sha256,
      },
      'answer': {
        'kind': 'exact',
        'label': label,
        'wnid': 'n02099601',
        'probability': 0.9697,
      },
      'quality': {'retake': false, 'codes': <String>[]},
      'feedback': null,
      'timings_ms': {
        'decode': 27.1,
        'preprocess': 1.9,
        'inference': 16.0,
        'store': 6.2,
      },
    };

Prediction examplePrediction({
  String id = '0b0d5b6e-9f43-4f0e-8d0a-1d9f6a3b7c11',
  String label = 'golden_retriever',
}) =>
    Prediction.fromJson(predictionJson(id: id, label: label));

/// The example with another kind of answer, or a photo with [flaws].
Prediction answering(
  String kind, {
  String label = '',
  List<String> flaws = const [],
}) =>
    Prediction.fromJson({
      ...predictionJson(),
      'answer': {
        'kind': kind,
        'label': label,
        'wnid': '',
        'probability': 0.93,
      },
      'quality': {'retake': flaws.isNotEmpty, 'codes': flaws},
    });

/// A page of the history with predictions of these [ids].
Map<String, Object?> pageJson(
  List<String> ids, {
  String? next,
  String server = 'http://192.168.1.5:8000/',
  String label = 'golden_retriever',
}) =>
    {
      'next': next,
      'previous': null,
      'results': [
        for (final id in ids)
          predictionJson(id: id, server: server, label: label),
      ],
    };

/// A server's answer to `POST auth/login/`.
Map<String, Object?> issuedTokenJson({
  String token = 'secret-token',
  int userId = 7,
  String username = 'ada',
}) =>
    {
      'token': token,
      'expires_at': '2026-08-01T12:00:00Z',
      'user': {
        'id': userId,
        'username': username,
        'email': '',
        'date_joined': '2026-01-01T00:00:00Z',
      },
    };

Session exampleSession({
  Uri? server,
  int userId = 7,
  String token = 'secret-token',
}) =>
    Session(
      server: server ?? Uri.parse('http://192.168.1.5:8000/'),
      token: token,
      expiresAt: DateTime.utc(2026, 8),
      user: User(id: userId, username: 'ada', email: ''),
    );

/// A server's answer to a request that it turned down.
Map<String, Object?> errorJson(
  String code, {
  String detail = 'In words.',
  String? attr,
}) =>
    {
      'type': 'client_error',
      'errors': [
        {'code': code, 'detail': detail, 'attr': attr},
      ],
    };

/// A new folder that the test's end should delete.
Directory temporaryFolder() =>
    Directory.systemTemp.createTempSync('image_classifier_test');
