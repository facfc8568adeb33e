import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../testing/account_server.dart';
import '../../testing/examples.dart';
import '../../testing/results.dart';

void main() {
  late SessionRig rig;
  setUp(() async => rig = await SessionRig.start());
  tearDown(() => rig.stop());

  group('the session ends', () {
    late List<SessionEnd> ends;
    setUp(() {
      ends = [];
      rig.sessions.onEnd((_, why) async => ends.add(why));
    });

    test('when signed out, there and here', () async {
      await rig.signIn();

      await rig.sessions.signOut();

      expect(rig.server.requests.last.uri.path, '/api/v1/auth/logout/');
      expect(rig.sessions.session.value, isNull);
      expect(rig.store.values.keys.toList(), ['server', 'servers']);
      expect(ends, [SessionEnd.signedOut]);
    });

    test('when signed out without a network, here', () async {
      await rig.signIn();
      await rig.server.stop();

      final result = await rig.sessions.signOut();

      expect(result, isA<Ok<void>>());
      expect(rig.store.values.keys.toList(), ['server', 'servers']);
    });

    test('when signed out everywhere, but only if the server did', () async {
      await rig.signIn();
      rig.server.onJson('/api/v1/auth/logout-all/', null, status: 500);

      final result = await rig.sessions.signOutEverywhere();

      expect(failureIn(result).code, ErrorCode.serverError);
      expect(rig.sessions.session.value, isNotNull);
    });

    test('when the server refuses the token, and says so', () async {
      await rig.signIn();
      rig.server.onJson(
        '/api/v1/me/',
        errorJson('authentication_failed'),
        status: 401,
      );

      final result = await Result.of(
        () => rig.sessions.connection.send('GET', 'api/v1/me/'),
      );
      await Future<void>.delayed(Duration.zero);

      expect(failureIn(result).code, ErrorCode.unauthorised);
      expect(rig.sessions.session.value, isNull);
      expect(rig.sessions.endedByServer, isTrue);
      expect(ends, [SessionEnd.endedByServer]);
      expect(rig.sessions.server.value, rig.server.address);
    });

    test('not when the token of an earlier session is refused', () async {
      await rig.signIn();
      final earlier = rig.sessions.connection;
      await rig.sessions.signOut();
      await rig.sessions.signIn('ada', 'password');
      rig.server.onJson('/a/', errorJson('authentication_failed'), status: 401);

      await Result.of(() => earlier.send('GET', 'a/'));

      expect(rig.sessions.session.value, isNotNull);
    });

    test('with the account', () async {
      await rig.signIn();

      await rig.sessions.deleteAccount();

      expect(rig.server.requests.last.method, 'DELETE');
      expect(rig.sessions.session.value, isNull);
      expect(ends, [SessionEnd.accountDeleted]);
    });

    test('not if the account was not deleted', () async {
      await rig.signIn();
      await rig.server.stop();

      final result = await rig.sessions.deleteAccount();

      expect(failureIn(result).code, ErrorCode.offline);
      expect(rig.sessions.session.value, isNotNull);
      expect(ends, isEmpty);
    });

    test('and the next sign-in asks for nothing special', () async {
      await rig.signIn();
      await rig.sessions.signOut();

      await rig.sessions.signIn('ada', 'password');

      expect(rig.sessions.endedByServer, isFalse);
      expect(rig.sessions.session.value, isNotNull);
    });
  });
}
