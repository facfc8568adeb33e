import '../domain/json_reader.dart';
import '../domain/session.dart';
import 'api/api_connection.dart';
import 'api/api_exception.dart';
import 'api/health_api.dart';
import 'server_address.dart';

/// Makes the connection to a server.
typedef Connect = ApiConnection Function({
  required Uri server,
  String? token,
  String? pinnedFingerprint,
  void Function()? onUnauthorised,
});

/// A connection as the app uses it.
ApiConnection connectTo({
  required Uri server,
  String? token,
  String? pinnedFingerprint,
  void Function()? onUnauthorised,
}) =>
    ApiConnection(
      server: server,
      token: token == null ? null : () => token,
      pinnedFingerprint: pinnedFingerprint,
      onUnauthorised: onUnauthorised,
    );

/// A server and the certificate that was accepted for it, if any.
final class ServerChoice {
  const ServerChoice(this.server, this.fingerprint);

  factory ServerChoice.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return ServerChoice(
      fields.uri('server'),
      fields.maybe('pinned_fingerprint', fields.text),
    );
  }

  final Uri server;
  final String? fingerprint;

  /// Whether [session] uses exactly this.
  bool isOf(Session session) =>
      session.server == server && session.pinnedFingerprint == fingerprint;

  Map<String, Object?> toJson() =>
      {'server': '$server', 'pinned_fingerprint': fingerprint};
}

/// Finds one of our servers at the address [typed]; where it sends http to
/// https on the same host, it is found there.
Future<ServerChoice> findServer(
  String typed, {
  required Connect connect,
  String? fingerprint,
}) async {
  final address = ServerAddress.parse(typed).uri;
  if (address == null) throw const InvalidAddressException();
  try {
    return await _probe(address, fingerprint, connect);
  } on ForeignOriginException catch (error) {
    final target = error.target;
    final isUpgrade = address.scheme == 'http' &&
        target.scheme == 'https' &&
        target.host == address.host;
    if (!isUpgrade) rethrow;
    final secure = Uri(
      scheme: 'https',
      host: target.host,
      port: target.hasPort ? target.port : null,
      path: address.path,
    );
    return _probe(secure, fingerprint, connect);
  }
}

Future<ServerChoice> _probe(
  Uri address,
  String? fingerprint,
  Connect connect,
) async {
  final connection = connect(server: address, pinnedFingerprint: fingerprint);
  try {
    await isServerReady(connection);
    return ServerChoice(address, fingerprint);
  } finally {
    connection.close();
  }
}
