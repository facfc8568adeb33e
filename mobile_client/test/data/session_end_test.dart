import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../testing/account_server.dart';
import '../../testing/examples.dart';
import '../../testing/fake_server.dart';
import '../../testing/memory_token_store.dart';
import '../../testing/results.dart';

void main() {
  late FakeServer server;
  late MemoryTokenStore store;
  late SessionRepository sessions;
  setUp(() async {
    server = await startAccountServer();
    store = MemoryTokenStore();
    sessions = SessionRepository(store, deviceName: 'Pixel');
  });
  tearDown(() => server.stop());

  Future<void> signIn() async {
    await sessions.useServer('${server.address}');
    await sessions.signIn('ada', 'password');
  }

  group('the session ends', () {
    late List<SessionEnd> ends;
    setUp(() {
      ends = [];
      sessions.onEnd((_, why) async => ends.add(why));
    });

    test('when signed out, there and here', () async {
      await signIn();

      await sessions.signOut();

      expect(server.requests.last.uri.path, '/api/v1/auth/logout/');
      expect(sessions.session.value, isNull);
      expect(store.values.keys.toList(), ['server', 'servers']);
      expect(ends, [SessionEnd.signedOut]);
    });

    test('when signed out without a network, here', () async {
      await signIn();
      await server.stop();

      final result = await sessions.signOut();

      expect(result, isA<Ok<void>>());
      expect(store.values.keys.toList(), ['server', 'servers']);
    });

    test('when signed out everywhere, but only if the server did', () async {
      await signIn();
      server.onJson('/api/v1/auth/logout-all/', null, status: 500);

      final result = await sessions.signOutEverywhere();

      expect(failureIn(result).code, ErrorCode.serverError);
      expect(sessions.session.value, isNotNull);
    });

    test('when the server refuses the token, and says so', () async {
      await signIn();
      server.onJson(
        '/api/v1/me/',
        errorJson('authentication_failed'),
        status: 401,
      );

      final result = await Result.of(
        () => sessions.connection.send('GET', 'api/v1/me/'),
      );
      await Future<void>.delayed(Duration.zero);

      expect(failureIn(result).code, ErrorCode.unauthorised);
      expect(sessions.session.value, isNull);
      expect(sessions.endedByServer, isTrue);
      expect(ends, [SessionEnd.endedByServer]);
      expect(sessions.server.value, server.address);
    });

    test('not when the token of an earlier session is refused', () async {
      await signIn();
      final earlier = sessions.connection;
      await sessions.signOut();
      await sessions.signIn('ada', 'password');
      server.onJson('/a/', errorJson('authentication_failed'), status: 401);

      await Result.of(() => earlier.send('GET', 'a/'));

      expect(sessions.session.value, isNotNull);
    });

    test('with the account', () async {
      await signIn();

      await sessions.deleteAccount();

      expect(server.requests.last.method, 'DELETE');
      expect(sessions.session.value, isNull);
      expect(ends, [SessionEnd.accountDeleted]);
    });

    test('not if the account was not deleted', () async {
      await signIn();
      await server.stop();

      final result = await sessions.deleteAccount();

      expect(failureIn(result).code, ErrorCode.offline);
      expect(sessions.session.value, isNotNull);
      expect(ends, isEmpty);
    });

    test('and the next sign-in asks for nothing special', () async {
      await signIn();
      await sessions.signOut();

      await sessions.signIn('ada', 'password');

      expect(sessions.endedByServer, isFalse);
      expect(sessions.session.value, isNotNull);
    });
  });
}
