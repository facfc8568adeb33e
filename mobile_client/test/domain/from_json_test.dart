import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/domain/device.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/domain/prediction_page.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/domain/server_model.dart';
import 'package:image_classifier/domain/session.dart';
import 'package:image_classifier/domain/user.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/recorded.dart';

void main() {
  group('a recorded answer of the server', () {
    test('is a prediction with its labels, model and photo', () {
      final prediction = Prediction.fromJson(recorded('prediction'));

      expect(prediction.label, 'orange');
      expect(prediction.top, hasLength(5));
      expect(prediction.top.first.wnid, 'n07747607');
      expect(prediction.probability, inInclusiveRange(0, 1));
      expect(prediction.model.name, 'efficientnet_lite0');
      expect(prediction.createdAt.isUtc, isTrue);
      expect(prediction.photo.width, 640);
      expect(prediction.photo.sha256, hasLength(64));
      expect(prediction.photo.url.path, endsWith('/image/'));
      expect(prediction.photo.thumbnailUrl.path, endsWith('/thumbnail/'));
    });

    test('is a page that says where the older ones are', () {
      final page = PredictionPage.fromJson(recorded('page'));

      expect(page.results, hasLength(1));
      expect(page.next!.queryParameters, contains('cursor'));
    });

    test('is a list of devices', () {
      final answer = recorded('tokens') as Map<String, Object?>;
      final devices = [
        for (final each in answer['results']! as List<Object?>)
          Device.fromJson(each),
      ];

      expect(devices.where((device) => device.isCurrent), hasLength(1));
      expect(devices.map((device) => device.name), contains('phone'));
    });

    test('is a user', () {
      expect(User.fromJson(recorded('me')).username, 'ada');
    });

    test('is a list of models with what is published of them', () {
      final answer = recorded('models') as Map<String, Object?>;
      final model =
          ServerModel.fromJson((answer['results']! as List<Object?>).single);

      expect(model.serves, isTrue);
      expect(model.classes, 1000);
      expect(model.publishedTop1, 0.751);
      expect(model.license, 'Apache-2.0');
      expect(model.ref.name, 'efficientnet_lite0');
    });
  });

  test('labels are shown as people write them', () {
    final prediction = examplePrediction();

    expect(prediction.displayName, 'Golden retriever');
    expect(prediction.top[1].displayName, 'Cocker spaniel');
  });

  test('a prediction comes back from what was kept of it', () {
    final json = examplePrediction().toJson();

    expect(Prediction.fromJson(json).toJson(), json);
  });

  const newer = {'timings_ms', 'answer', 'quality', 'feedback'};
  for (final field in predictionJson().keys.where((k) => !newer.contains(k))) {
    test('a prediction without "$field" is malformed', () {
      final json = predictionJson()..remove(field);

      expect(() => Prediction.fromJson(json), throwsFormatException);
    });
  }

  test('a number where a text belongs is malformed', () {
    final json = predictionJson()..['label'] = 7;

    expect(() => Prediction.fromJson(json), throwsFormatException);
  });

  test('a whole number is a probability too', () {
    final json = predictionJson()..['probability'] = 1;

    expect(Prediction.fromJson(json).probability, 1.0);
  });

  test('a list where an object belongs is malformed', () {
    expect(() => Prediction.fromJson(const [1]), throwsFormatException);
  });

  test('a time that is none is malformed', () {
    final json = predictionJson(createdAt: 'yesterday');

    expect(() => Prediction.fromJson(json), throwsFormatException);
  });

  group('a session', () {
    test('comes back from what was kept of it', () {
      final session = exampleSession();

      final back = Session.fromJson(session.toJson());

      expect(back.token, session.token);
      expect(back.owner, session.owner);
      expect(back.expiresAt, session.expiresAt);
      expect(back.pinnedFingerprint, isNull);
    });

    test('does not show its token when it is printed', () {
      expect('${exampleSession()}', isNot(contains('secret')));
    });

    test('belongs to a server and a user', () {
      final owner = exampleSession().owner;

      expect(owner, isNot(exampleSession(userId: 8).owner));
      expect(
        owner,
        isNot(exampleSession(server: Uri.parse('http://10.0.0.1/')).owner),
      );
      expect(owner, exampleSession(token: 'another').owner);
    });
  });

  group('a queued upload', () {
    final upload = QueuedUpload(
      id: 'id',
      path: '/old/place',
      sha256: 'ab',
      bytes: 3,
      createdAt: DateTime.utc(2026),
      owner: 'owner',
    );

    test('comes back from what was kept of it, in the new place', () {
      final waiting = upload.moved(
        UploadState.waiting,
        attempts: 3,
        notBefore: DateTime.utc(2026, 2),
        problem: const UploadProblem(ErrorCode.throttled, 'Wait.'),
      );

      final back = QueuedUpload.fromJson(waiting.toJson(), path: '/new');

      expect(back.toJson(), waiting.toJson());
      expect(back.path, '/new');
      expect(back.problem!.code, ErrorCode.throttled);
    });

    test('that was being sent when the app died is waiting again', () {
      final sending = upload.moved(UploadState.sending);

      final back = QueuedUpload.fromJson(sending.toJson(), path: '');

      expect(back.state, UploadState.waiting);
    });

    test('keeps its prediction when it is done', () {
      final done = upload.moved(
        UploadState.done,
        prediction: examplePrediction(),
      );

      final back = QueuedUpload.fromJson(done.toJson(), path: '');

      expect(back.prediction, examplePrediction());
      expect(back.isPending, isFalse);
    });

    test('has its id as key until it gets another', () {
      expect(upload.idempotencyKey, 'id');
      expect(
        upload
            .moved(UploadState.waiting, idempotencyKey: 'new')
            .moved(UploadState.sending)
            .idempotencyKey,
        'new',
      );
    });

    test('with a problem that this version does not know still loads', () {
      final problem = UploadProblem.fromJson(const {'code': 'of the future'});

      expect(problem.code, ErrorCode.unknownRejection);
    });
  });
}
