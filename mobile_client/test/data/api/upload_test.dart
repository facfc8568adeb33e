import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'package:image_classifier/data/api/api_connection.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/predictions_api.dart';
import 'package:image_classifier/domain/prediction.dart';
import 'package:image_classifier/utils/sha256.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/fake_server.dart';

void main() {
  late FakeServer server;
  late ApiConnection connection;
  late Directory folder;
  late File photo;

  setUp(() async {
    server = await FakeServer.start();
    connection = ApiConnection(server: server.address, token: () => 'secret');
    folder = temporaryFolder();
    photo = File('${folder.path}/photo')
      ..writeAsBytesSync(List.generate(400000, (i) => (i * i) & 0xff));
  });
  tearDown(() async {
    connection.close();
    await server.stop();
    folder.deleteSync(recursive: true);
  });

  Future<Prediction> upload({
    void Function(int sent, int total)? onProgress,
    CancelToken? cancel,
    int? bytes,
  }) =>
      createPrediction(
        connection,
        photo: photo,
        bytes: bytes ?? photo.lengthSync(),
        sha256: Sha256.hexOf(photo.readAsBytesSync()),
        idempotencyKey: 'the-key',
        onProgress: onProgress,
        cancel: cancel,
      );

  const path = '/api/v1/predictions/';

  test('the photo arrives as the multipart field "image"', () async {
    server.onJson(path, predictionJson(), status: 201);

    final prediction = await upload();

    expect(prediction, examplePrediction());
    final request = server.requests.single;
    final type = ContentType.parse(request.header('content-type')!);
    expect(type.mimeType, 'multipart/form-data');
    final boundary = latin1.encode('--${type.parameters['boundary']}');
    final text = latin1.decode(request.body);
    expect(text, startsWith(latin1.decode(boundary)));
    expect(text, contains('form-data; name="image"; filename="photo"'));
    final start = text.indexOf('\r\n\r\n') + 4;
    expect(
      request.body.sublist(start, start + photo.lengthSync()),
      photo.readAsBytesSync(),
    );
    expect(
      text.substring(start + photo.lengthSync()),
      '\r\n${latin1.decode(boundary)}--\r\n',
    );
  });

  test('its size, its hash and its key go ahead of it', () async {
    server.onJson(path, predictionJson(), status: 201);
    photo.writeAsStringSync('abc');

    await upload();

    final request = server.requests.single;
    expect(request.header('content-length'), '${request.body.length}');
    expect(request.header('idempotency-key'), 'the-key');
    expect(
      request.header('content-digest'),
      'sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:',
    );
  });

  test('progress grows to the whole', () async {
    server.onJson(path, predictionJson(), status: 201);
    final seen = <int>[];
    var whole = 0;

    await upload(
      onProgress: (sent, total) {
        seen.add(sent);
        whole = total;
      },
    );

    expect(seen.length, greaterThan(4));
    expect(seen, [...seen]..sort());
    expect(seen.last, whole);
    expect(whole, server.requests.single.body.length);
  });

  test('it stops when it is cancelled on its way', () async {
    server.onJson(path, predictionJson(), status: 201);
    final cancel = CancelToken();

    await expectLater(
      upload(
        onProgress: (sent, total) {
          if (sent > total ~/ 3) cancel.cancel();
        },
        cancel: cancel,
      ),
      throwsA(isA<CancelledException>()),
    );

    expect(server.requests, isEmpty);
  });

  test('it stops when it is cancelled while the answer is awaited', () async {
    final cancel = CancelToken();
    server.on(path, (_, __) {
      cancel.cancel();
      return Completer<void>().future;
    });

    await expectLater(
      upload(cancel: cancel),
      throwsA(isA<CancelledException>()),
    );
  });

  test('a photo that is gone is said to be gone', () async {
    server.onJson(path, predictionJson(), status: 201);

    await expectLater(
      createPrediction(
        connection,
        photo: File('${folder.path}/none'),
        bytes: 10,
        sha256: Sha256.hexOf(const []),
        idempotencyKey: 'key',
      ),
      throwsA(
        isA<PhoneStorageException>()
            .having((e) => e.code.name, 'code', 'photoGone'),
      ),
    );
  });

  test('a photo that is shorter than promised does not count', () async {
    server.onJson(path, predictionJson(), status: 201);

    await expectLater(
      upload(bytes: photo.lengthSync() + 10),
      throwsA(isA<ApiException>()),
    );

    expect(server.requests, isEmpty);
  });

  test('a server that dies on the way is one that is offline', () async {
    final deaf = await ServerSocket.bind(InternetAddress.loopbackIPv4, 0);
    deaf.listen((socket) => socket.listen((_) => socket.destroy()));
    addTearDown(deaf.close);
    final broken = ApiConnection(
      server: Uri.parse('http://127.0.0.1:${deaf.port}/'),
    );
    addTearDown(broken.close);

    await expectLater(
      createPrediction(
        broken,
        photo: photo,
        bytes: photo.lengthSync(),
        sha256: Sha256.hexOf(photo.readAsBytesSync()),
        idempotencyKey: 'key',
      ),
      throwsA(
        isA<OfflineException>().having((e) => e.isBrokenOff, 'begun', isTrue),
      ),
    );
  });

  test('where nobody listens, nothing of it was sent', () async {
    await server.stop();

    await expectLater(
      upload(),
      throwsA(
        isA<OfflineException>().having((e) => e.isBrokenOff, 'begun', isFalse),
      ),
    );
  });

  test('a no that comes before all is sent is heard', () async {
    final hasty = await ServerSocket.bind(InternetAddress.loopbackIPv4, 0);
    addTearDown(hasty.close);
    hasty.listen((socket) {
      socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n');
      socket.listen((_) {}, onDone: socket.destroy);
    });
    final proxied = ApiConnection(
      server: Uri.parse('http://127.0.0.1:${hasty.port}/'),
    );
    addTearDown(proxied.close);

    await expectLater(
      createPrediction(
        proxied,
        photo: photo,
        bytes: photo.lengthSync(),
        sha256: Sha256.hexOf(photo.readAsBytesSync()),
        idempotencyKey: 'key',
      ),
      throwsA(isA<RejectedException>().having((e) => e.status, 's', 413)),
    );
  });

  test('an answer of another shape is malformed', () async {
    server.onJson(path, {'success': true}, status: 201);

    await expectLater(upload(), throwsA(isA<MalformedAnswerException>()));
  });
}
