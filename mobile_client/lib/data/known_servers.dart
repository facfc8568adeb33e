import 'dart:convert';

import '../utils/observable.dart';
import '../utils/unexpected.dart';
import 'server_address.dart';
import 'server_finder.dart';
import 'token_store.dart';

/// The servers that were found before, the last one first, each with the
/// certificate that was accepted for it.
class KnownServers {
  KnownServers(this._store);

  final TokenStore _store;

  final Observable<List<ServerChoice>> all = Observable(const []);

  /// Reads what was kept; what cannot be read is not missed.
  Future<void> load() => _quietly(() async {
        final kept = await _store.read(_key);
        if (kept == null) return;
        all.value = List.unmodifiable([
          for (final each in jsonDecode(kept) as List<Object?>)
            ServerChoice.fromJson(each),
        ]);
      });

  /// Puts [found] on top.
  Future<void> remember(ServerChoice found) {
    all.value = List.unmodifiable(
      [
        found,
        ...all.value.where((each) => each.server != found.server),
      ].take(_most),
    );
    return _quietly(
      () => _store.write(
        _key,
        jsonEncode([for (final each in all.value) each.toJson()]),
      ),
    );
  }

  /// The certificate that was accepted before for what is [typed].
  String? fingerprintFor(String typed) {
    final server = ServerAddress.parse(typed).uri;
    return all.value
        .where((each) => each.server == server)
        .firstOrNull
        ?.fingerprint;
  }

  Future<void> _quietly(Future<void> Function() action) async {
    try {
      await action();
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
    }
  }
}

const String _key = 'servers';
const int _most = 5;
