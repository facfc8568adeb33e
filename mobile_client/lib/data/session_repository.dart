import 'dart:async';
import 'dart:convert';
import 'dart:io';

import '../domain/pairing_code.dart';
import '../domain/session.dart';
import '../utils/observable.dart';
import '../utils/result.dart';
import '../utils/unexpected.dart';
import 'api/account_api.dart' as api;
import 'api/api_connection.dart';
import 'api/api_exception.dart';
import 'api/auth_api.dart' as api;
import 'known_servers.dart';
import 'server_finder.dart';
import 'session_steps.dart';
import 'token_store.dart';

/// Why a session ended.
enum SessionEnd { signedOut, endedByServer, accountDeleted }

/// Which server is used and who is signed in to it.
class SessionRepository {
  SessionRepository(
    this._store, {
    String deviceName = '',
    Connect connect = connectTo,
  })  : _deviceName = deviceName,
        _open = connect;

  final TokenStore _store;

  /// The servers that were used before.
  late final KnownServers known = KnownServers(_store);
  final String _deviceName;
  final Connect _open;
  ApiConnection? _connection;
  String? _pinnedFingerprint;
  final List<Future<void> Function(Session, SessionEnd)> _afterEnd = [];

  /// Null while nobody is signed in.
  final Observable<Session?> session = Observable(null);

  /// The server in use; null until one was found.
  final Observable<Uri?> server = Observable(null);

  /// Whether the server ended the last session: sign in again.
  bool get endedByServer => _endedByServer;
  bool _endedByServer = false;

  /// The way to the server, with the token of whoever is signed in.
  ///
  /// Throws an [InvalidAddressException] while there is no server.
  ApiConnection get connection =>
      _connection ?? (throw const InvalidAddressException());

  /// Lets [clean] clear up after each session.
  void onEnd(Future<void> Function(Session ended, SessionEnd why) clean) =>
      _afterEnd.add(clean);

  /// Brings back what was there when the app was closed.
  Future<void> restore() async {
    await known.load();
    final at = _read(await _store.read(_serverKey), ServerChoice.fromJson);
    final saved = _read(await _store.read(_sessionKey), Session.fromJson);
    if (saved != null) {
      _begin(saved);
    } else if (at != null) {
      _use(at.server, at.fingerprint);
    }
  }

  /// Uses the server at the address [typed], if one of ours is there.
  ///
  /// [acceptFingerprint] is the certificate that the user looked at and
  /// accepted after an [UntrustedCertificateException].
  Future<Result<void>> useServer(String typed, {String? acceptFingerprint}) =>
      Result.of(
        () => _useServer(
          typed,
          acceptFingerprint ?? known.fingerprintFor(typed),
        ),
      );

  /// Uses the server of [code] with the certificate that it names, and signs
  /// in with it. Who is signed in stays so if the code is not good.
  Future<Result<Session>> pair(PairingCode code) => Result.of(() async {
        final found = await _find('${code.server}', code.fingerprint);
        final isFree = session.value == null;
        if (isFree) await _choose(found);
        final issued = await paired(found, code, _deviceName, connect: _open);
        if (!isFree) await _choose(found);
        return _signedIn(issued);
      });

  Future<void> _useServer(String typed, String? fingerprint) async =>
      _choose(await _find(typed, fingerprint));

  Future<ServerChoice> _find(String typed, String? fingerprint) =>
      findServer(typed, fingerprint: fingerprint, connect: _open);

  Future<void> _choose(ServerChoice found) async {
    final current = session.value;
    if (current != null && !found.isOf(current)) {
      await _end(SessionEnd.signedOut);
    }
    // Without it the app works until it is closed, and asks again then.
    await isDone(() => _store.write(_serverKey, jsonEncode(found.toJson())));
    await known.remember(found);
    if (session.value == null) _use(found.server, found.fingerprint);
  }

  /// [code] is that of a second factor, where the account has one.
  Future<Result<Session>> signIn(
    String username,
    String password, {
    String code = '',
  }) =>
      Result.of(
        () async => _signedIn(
          await api.login(
            connection,
            username: username,
            password: password,
            code: code,
            deviceName: _deviceName,
          ),
        ),
      );

  Future<Result<Session>> register(
    String username,
    String password,
    String email,
  ) =>
      Result.of(
        () async => _signedIn(
          await api.register(
            connection,
            username: username,
            password: password,
            email: email,
            deviceName: _deviceName,
          ),
        ),
      );

  /// Forgets the token; the server too, if it can be reached.
  Future<Result<void>> signOut() => Result.of(() async {
        try {
          await api.logout(connection);
        } on ApiException {
          // The phone forgets it all the same.
        }
        await _end(SessionEnd.signedOut);
        _endedByServer = false;
      });

  /// Ends all sessions of the account; fails if the server is not reached.
  Future<Result<void>> signOutEverywhere() => Result.of(() async {
        await api.logoutAll(connection);
        await _end(SessionEnd.signedOut);
      });

  Future<Result<void>> changePassword(String current, String next) =>
      Result.of(
        () => api.changePassword(connection, current: current, next: next),
      );

  /// Deletes the account with all its photos, there and here.
  Future<Result<void>> deleteAccount() => Result.of(() async {
        await api.deleteMe(connection);
        await _end(SessionEnd.accountDeleted);
      });

  /// Writes everything that the account has as a zip into the folder [to].
  Future<Result<File>> exportAccount(Directory to) => Result.of(() async {
        final file = File('${to.path}/predictions.zip');
        await api.exportMe(connection, file);
        return file;
      });

  Future<Session> _signedIn(api.IssuedToken issued) async {
    final next = Session(
      server: connection.server,
      token: issued.token,
      expiresAt: issued.expiresAt,
      user: issued.user,
      pinnedFingerprint: _pinnedFingerprint,
    );
    try {
      await _store.write(_sessionKey, jsonEncode(next.toJson()));
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
      await giveBack(next, connect: _open);
      throw const PhoneStorageException.keyStore();
    }
    _begin(next);
    return next;
  }

  void _begin(Session next) {
    _endedByServer = false;
    _use(next.server, next.pinnedFingerprint, session: next);
    session.value = next;
  }

  Future<void> _end(SessionEnd why) async {
    final ended = session.value;
    if (ended == null) return;
    _endedByServer = why == SessionEnd.endedByServer;
    _use(ended.server, ended.pinnedFingerprint);
    session.value = null;
    final isForgotten = await isDone(() => _store.delete(_sessionKey));
    for (final clean in _afterEnd) {
      await isDone(() => clean(ended, why));
    }
    if (!isForgotten) throw const PhoneStorageException.keyStore();
  }

  /// One connection for one session, so that no token can go astray.
  void _use(Uri address, String? fingerprint, {Session? session}) {
    _connection = _open(
      server: address,
      token: session?.token,
      pinnedFingerprint: fingerprint,
      onUnauthorised: session == null ? null : () => _refused(session),
    );
    _pinnedFingerprint = fingerprint;
    server.value = address;
  }

  void _refused(Session refused) {
    if (identical(session.value, refused)) {
      unawaited(isDone(() => _end(SessionEnd.endedByServer)));
    }
  }
}

const String _serverKey = 'server';
const String _sessionKey = 'session';

T? _read<T>(String? stored, T Function(Object? json) fromJson) {
  if (stored == null) return null;
  try {
    return fromJson(jsonDecode(stored));
  } on FormatException {
    return null;
  }
}
