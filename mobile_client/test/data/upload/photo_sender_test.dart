import 'dart:io';

import 'package:image_classifier/config.dart' as config;
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/cancel_token.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/upload/photo_sender.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/sha256.dart';
import 'package:test/test.dart';

import '../../../testing/account_server.dart';
import '../../../testing/examples.dart';
import '../../../testing/recorded.dart';

void main() {
  const upload = '/api/v1/predictions/';
  const question = '/api/v1/me/';
  late SessionRig rig;
  late Directory folder;
  setUp(() async {
    folder = temporaryFolder();
    rig = await SessionRig.start();
    await rig.signIn();
    rig.server
      ..requests.clear()
      ..onJson(question, recorded('me'))
      ..onJson(upload, predictionJson(), status: 201);
  });
  tearDown(() async {
    await rig.stop();
    folder.deleteSync(recursive: true);
  });

  Future<Prediction> send({
    int bytes = config.askFirstBytes + 1,
    ErrorCode? failedWith,
  }) {
    final photo = File('${folder.path}/photo')
      ..writeAsBytesSync(List.filled(bytes, 7));
    return senderOf(rig.sessions)(
      QueuedUpload(
        id: 'photo',
        path: photo.path,
        sha256: Sha256.hexOf(photo.readAsBytesSync()),
        bytes: bytes,
        createdAt: DateTime.utc(2026),
        owner: rig.sessions.session.value!.owner,
        problem: failedWith == null ? null : UploadProblem(failedWith),
      ),
      onProgress: (_, __) {},
      cancel: CancelToken(),
    );
  }

  List<String> asked() =>
      [for (final request in rig.server.requests) request.uri.path];

  test('a photo is sent without a question', () async {
    await send();

    expect(asked(), [upload]);
  });

  test('a large one that failed is sent after a small question', () async {
    await send(failedWith: ErrorCode.brokenOff);

    expect(asked(), [question, upload]);
  });

  test('a small one is its own question', () async {
    await send(bytes: 1000, failedWith: ErrorCode.brokenOff);

    expect(asked(), [upload]);
  });

  test('a no to the question is one to the photo, which is not sent', () async {
    rig.server.onJson(
      question,
      errorJson('throttled'),
      status: 429,
      headers: {'Retry-After': '77'},
    );

    await expectLater(
      send(failedWith: ErrorCode.brokenOff),
      throwsA(
        isA<ThrottledException>()
            .having((e) => e.wait, 'wait', const Duration(seconds: 77)),
      ),
    );
    expect(asked(), [question]);
  });

  test('a session that ended is heard before the photo is sent', () async {
    rig.server.onJson(
      question,
      errorJson('authentication_failed'),
      status: 401,
    );

    await expectLater(
      send(failedWith: ErrorCode.timeOut),
      throwsA(isA<UnauthorisedException>()),
    );
    expect(asked(), [question]);
    expect(rig.sessions.session.value, isNull);
  });
}
