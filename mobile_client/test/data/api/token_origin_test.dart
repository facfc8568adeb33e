import 'dart:io';

import 'package:image_classifier/data/api/api_connection.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:test/test.dart';

import '../../../testing/connected.dart';
import '../../../testing/fake_server.dart';

void main() {
  late FakeServer server;
  late ApiConnection connection;
  setUp(() async => (server, connection) = await startConnected());

  group('the token', () {
    late FakeServer stranger;
    setUp(() async => stranger = await FakeServer.start());
    tearDown(() => stranger.stop());

    test('is not sent to another server', () async {
      stranger.onJson('/a/', <String, Object?>{});

      await expectLater(
        connection.send('GET', '${stranger.address}a/'),
        throwsA(isA<ForeignOriginException>()),
      );

      expect(stranger.requests, isEmpty);
    });

    test('is not sent to another port, scheme or host', () async {
      final here = server.address;
      for (final there in [
        here.replace(port: here.port + 1),
        here.replace(scheme: 'https'),
        here.replace(host: 'localhost'),
      ]) {
        await expectLater(
          connection.bytes(there),
          throwsA(isA<ForeignOriginException>()),
        );
      }
    });

    test('does not follow a redirect to another server', () async {
      server.on(
        '/a/',
        (response, _) => response.redirect(stranger.address.resolve('b/')),
      );

      await expectLater(
        connection.send('GET', 'a/'),
        throwsA(
          isA<ForeignOriginException>()
              .having((e) => e.target.path, 'path', '/b/'),
        ),
      );

      expect(stranger.requests, isEmpty);
    });

    test('does not follow one of what it sends either', () async {
      server.on(
        '/a/',
        (response, _) => response.redirect(
          stranger.address.resolve('b/'),
          status: HttpStatus.temporaryRedirect,
        ),
      );

      await expectLater(
        connection.send('POST', 'a/', json: <String, Object?>{}),
        throwsA(isA<ForeignOriginException>()),
      );

      expect(stranger.requests, isEmpty);
    });

    test('follows a redirect on the same server', () async {
      server
        ..on(
          '/a/',
          (response, _) => response.redirect(Uri.parse('/b/')),
        )
        ..onJson('/b/', {'here': true});

      expect(await connection.send('GET', 'a/'), {'here': true});
      expect(server.requests.last.header('authorization'), 'Token secret');
    });

    test('does not go round in circles', () async {
      server.on(
        '/a/',
        (response, _) => response.redirect(Uri.parse('/a/')),
      );

      await expectLater(
        connection.send('GET', 'a/'),
        throwsA(isA<MalformedAnswerException>()),
      );

      expect(server.requests.length, lessThan(6));
    });
  });
}
