import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/data/session_repository.dart';
import 'package:image_classifier/data/token_store.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:test/test.dart';

import '../../testing/account_server.dart';
import '../../testing/fake_server.dart';
import '../../testing/memory_token_store.dart';
import '../../testing/results.dart';
import '../../testing/unexpected.dart';

/// A key store that throws anything, at any step: each action ends in words.
void main() {
  late FakeServer server;
  setUp(() async => server = await startAccountServer());
  tearDown(() => server.stop());

  for (final MapEntry(key: name, value: thrown) in whateverIsThrown.entries) {
    test('$name when a token is written: it is given back, and that is said',
        () async {
      hearUnexpected();
      server.onJson('/api/v1/auth/logout/', null, status: 204);
      final store = _ThrowingStore(thrown);
      final sessions = SessionRepository(store);
      valueOf(await sessions.useServer('${server.address}'));

      store.refuses.add('write session');
      final result = await sessions.signIn('ada', 'password');

      expect(failureIn(result).code, ErrorCode.keyStoreRefused);
      expect(sessions.session.value, isNull);
      expect(server.requests.last.uri.path, '/api/v1/auth/logout/');
      expect(
        server.requests.last.header('authorization'),
        'Token secret-token',
      );
      store.refuses.clear();
      expect(await sessions.signIn('ada', 'password'), isA<Ok<Object?>>());
    });

    test('$name when a token is deleted: the session ends all the same',
        () async {
      hearUnexpected();
      final store = _ThrowingStore(thrown);
      final sessions = SessionRepository(store);
      var cleaned = 0;
      sessions
        ..onEnd((_, __) async => throw thrown)
        ..onEnd((_, __) async => cleaned++);
      valueOf(await sessions.useServer('${server.address}'));
      valueOf(await sessions.signIn('ada', 'password'));

      store.refuses.add('delete session');
      final result = await sessions.signOut();

      expect(failureIn(result).code, ErrorCode.keyStoreRefused);
      expect(sessions.session.value, isNull);
      expect(cleaned, 1);
    });

    test('$name when the address is written: the app goes on', () async {
      hearUnexpected();
      final store = _ThrowingStore(thrown)..refuses.add('write server');
      final sessions = SessionRepository(store);

      valueOf(await sessions.useServer('${server.address}'));

      expect(sessions.server.value, server.address);
      expect(await sessions.signIn('ada', 'password'), isA<Ok<Object?>>());
    });
  }
}

class _ThrowingStore implements TokenStore {
  _ThrowingStore(this._thrown);

  final Object _thrown;
  final MemoryTokenStore _real = MemoryTokenStore();

  /// What it does not do, as `write KEY`.
  final Set<String> refuses = {};

  @override
  Future<String?> read(String key) async => _real.read(key);

  @override
  Future<void> write(String key, String value) async {
    if (refuses.contains('write $key')) throw _thrown;
    await _real.write(key, value);
  }

  @override
  Future<void> delete(String key) async {
    if (refuses.contains('delete $key')) throw _thrown;
    await _real.delete(key);
  }
}
