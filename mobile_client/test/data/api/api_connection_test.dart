import 'dart:async';

import 'package:image_classifier/data/api/api_connection.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/fake_server.dart';

void main() {
  late FakeServer server;
  late ApiConnection connection;
  var unauthorised = 0;

  setUp(() async {
    server = await FakeServer.start();
    unauthorised = 0;
    connection = ApiConnection(
      server: server.address,
      token: () => 'secret',
      timeout: const Duration(seconds: 5),
      onUnauthorised: () => unauthorised++,
    );
  });
  tearDown(() async {
    connection.close();
    await server.stop();
  });

  group('send', () {
    test('adds the token and gives the JSON of the answer', () async {
      server.onJson('/api/v1/me/', {'username': 'ada'});

      final answer = await connection.send('GET', 'api/v1/me/');

      expect(answer, {'username': 'ada'});
      expect(
        server.requests.single.header('authorization'),
        'Token secret',
      );
      expect(server.requests.single.header('accept'), 'application/json');
    });

    test('sends no token where there is none', () async {
      final anonymous = ApiConnection(server: server.address);
      server.onJson('/livez', {'status': 'ok'});

      await anonymous.send('GET', 'livez');

      expect(server.requests.single.header('authorization'), isNull);
      anonymous.close();
    });

    test('sends JSON', () async {
      server.onJson('/a/', null, status: 204);

      final answer = await connection.send('POST', 'a/', json: {'ä': 1});

      expect(answer, isNull);
      expect(server.requests.single.json, {'ä': 1});
      expect(
        server.requests.single.header('content-type'),
        'application/json',
      );
    });

    test('adds the query to the address', () async {
      server.onJson('/a/', <String, Object?>{});

      await connection.send('GET', 'a/?page=2', query: {'label': 'a b&c'});

      expect(
        server.requests.single.uri.queryParameters,
        {'page': '2', 'label': 'a b&c'},
      );
    });

    test('finds the API under the path of the server', () async {
      final below = ApiConnection(server: server.address.resolve('photos/'));
      server.onJson('/photos/api/v1/me/', {'id': 1});

      expect(await below.send('GET', 'api/v1/me/'), {'id': 1});
      below.close();
    });

    test('turns a refused token into its exception, and tells', () async {
      server.onJson('/a/', errorJson('authentication_failed'), status: 401);

      await expectLater(
        connection.send('GET', 'a/'),
        throwsA(isA<UnauthorisedException>()),
      );

      expect(unauthorised, 1);
    });

    test('turns a rejection into its exception', () async {
      server.onJson('/a/', errorJson('required', attr: 'image'), status: 400);

      await expectLater(
        connection.send('POST', 'a/'),
        throwsA(
          isA<RejectedException>()
              .having((e) => e.serverCode, 'code', 'required')
              .having((e) => e.attr, 'attr', 'image'),
        ),
      );
      expect(unauthorised, 0);
    });

    test('honours Retry-After', () async {
      server.onJson(
        '/a/',
        errorJson('throttled'),
        status: 429,
        headers: {'Retry-After': '17'},
      );

      await expectLater(
        connection.send('GET', 'a/'),
        throwsA(
          isA<ThrottledException>()
              .having((e) => e.wait.inSeconds, 'seconds', 17),
        ),
      );
    });

    test('calls a page where JSON belongs malformed', () async {
      server.on('/a/', (response, _) => response.write('<html>Sign in!'));

      await expectLater(
        connection.send('GET', 'a/'),
        throwsA(isA<MalformedAnswerException>()),
      );
    });

    test('is offline where nobody listens', () async {
      await server.stop();

      await expectLater(
        connection.send('GET', 'a/'),
        throwsA(isA<OfflineException>()),
      );
    });

    test('is offline when the connection breaks', () async {
      server.on('/a/', (response, _) async {
        final socket = await response.detachSocket(writeHeaders: false);
        socket.destroy();
      });

      await expectLater(
        connection.send('GET', 'a/'),
        throwsA(isA<OfflineException>()),
      );
    });

    test('is offline when the answer breaks off', () async {
      server.on('/a/', (response, _) async {
        final socket = await response.detachSocket(writeHeaders: false);
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"half');
        await socket.flush();
        await socket.close();
      });

      await expectLater(
        connection.send('GET', 'a/'),
        throwsA(isA<OfflineException>()),
      );
    });

    test('times out when the server is silent', () async {
      server.on('/a/', (_, __) => Completer<void>().future);

      await expectLater(
        connection.send(
          'GET',
          'a/',
          timeout: const Duration(milliseconds: 50),
        ),
        throwsA(isA<TimeOutException>()),
      );
    });

    test('times out when the answer stops in its middle', () async {
      server.on('/a/', (response, _) async {
        response.contentLength = 99;
        response.write('{"half');
        await response.flush();
        await Completer<void>().future;
      });

      await expectLater(
        connection.send(
          'GET',
          'a/',
          timeout: const Duration(milliseconds: 100),
        ),
        throwsA(isA<TimeOutException>()),
      );
    });

    test('ends when it is cancelled', () async {
      final cancel = CancelToken();
      server.on('/a/', (_, __) {
        cancel.cancel();
        return Completer<void>().future;
      });

      await expectLater(
        connection.send('GET', 'a/', cancel: cancel),
        throwsA(isA<CancelledException>()),
      );
    });

    test('does not begin when it was cancelled before', () async {
      final cancel = CancelToken()..cancel();
      server.onJson('/a/', <String, Object?>{});

      await expectLater(
        connection.send('GET', 'a/', cancel: cancel),
        throwsA(isA<CancelledException>()),
      );
    });
  });
}
