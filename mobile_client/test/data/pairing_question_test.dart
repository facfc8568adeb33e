import 'dart:async';

import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/pairing.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/domain/pairing_code.dart';
import 'package:image_classifier/domain/session.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/fake_server.dart';
import '../../testing/memory_token_store.dart';
import '../../testing/results.dart';

Future<FakeServer> startServer(String username) async {
  final server = await FakeServer.start();
  addTearDown(server.stop);
  return server
    ..onJson('/livez', {'status': 'ok'})
    ..onJson('/readyz', {'status': 'ok'})
    ..onJson('/api/v1/auth/pair/', issuedTokenJson(username: username));
}

void main() {
  late FakeServer home;
  late FakeServer elsewhere;
  late SessionRepository sessions;
  late List<String> asked;
  late Completer<bool> answer;
  late Pairing pairing;
  setUp(() async {
    home = await startServer('ada');
    elsewhere = await startServer('bo');
    sessions = SessionRepository(MemoryTokenStore());
    asked = [];
    answer = Completer();
    pairing = Pairing(
      sessions,
      ask: (current, next) {
        asked.add('${current.user.username} at ${current.server}, $next');
        return answer.future;
      },
    );
  });

  PairingCode codeOf(FakeServer server) =>
      PairingCode(server: server.address, code: 'ABC');

  Future<Session> signIn() async =>
      valueOf(await pairing.pair(codeOf(home)))!;

  test('nobody is asked where nobody is signed in', () async {
    expect((await signIn()).user.username, 'ada');
    expect(asked, isEmpty);
  });

  test('whoever is signed in is asked, and nothing is sent before a yes',
      () async {
    await signIn();

    final paired = pairing.pair(codeOf(elsewhere));
    await Future<void>.delayed(const Duration(milliseconds: 50));
    expect(asked, ['ada at ${home.address}, ${elsewhere.address}']);
    expect(elsewhere.requests, isEmpty);
    answer.complete(true);

    expect(valueOf(await paired)?.user.username, 'bo');
    expect(sessions.server.value, elsewhere.address);
  });

  test('after a no all stays as it is, and nothing was sent', () async {
    final before = await signIn();
    answer.complete(false);

    expect(valueOf(await pairing.pair(codeOf(elsewhere))), isNull);

    expect(sessions.session.value, before);
    expect(elsewhere.requests, isEmpty);
  });

  test('another account of the same server takes a question, too', () async {
    final before = await signIn();
    answer.complete(false);

    await pairing.pair(codeOf(home));

    expect(asked, hasLength(1));
    expect(sessions.session.value, before);
  });

  test('one question is open at a time', () async {
    await signIn();
    final first = pairing.pair(codeOf(elsewhere));

    expect(valueOf(await pairing.pair(codeOf(elsewhere))), isNull);
    answer.complete(false);
    await first;

    expect(asked, hasLength(1));
  });

  test('a yes is only good for the session that was asked', () async {
    await signIn();
    home.onJson('/api/v1/auth/logout/', null, status: 204);
    final paired = pairing.pair(codeOf(elsewhere));
    valueOf(await sessions.signOut());
    answer.complete(true);

    expect(valueOf(await paired), isNull);
    expect(elsewhere.requests, isEmpty);
  });

  test('a code that is not good is told after the yes', () async {
    final before = await signIn();
    elsewhere.onJson('/api/v1/auth/pair/', errorJson('any'), status: 400);
    answer.complete(true);

    final result = await pairing.pair(codeOf(elsewhere));

    expect(failureIn(result).code, ErrorCode.wrongPairingCode);
    expect(sessions.session.value, before);
  });
}
