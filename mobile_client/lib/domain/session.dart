import 'json_reader.dart';
import 'user.dart';

/// Who is signed in, where, and the token that proves it.
final class Session {
  const Session({
    required this.server,
    required this.token,
    required this.expiresAt,
    required this.user,
    this.pinnedFingerprint,
  });

  factory Session.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return Session(
      server: fields.uri('server'),
      token: fields.text('token'),
      expiresAt: fields.time('expires_at'),
      user: fields.object('user', User.fromJson),
      pinnedFingerprint: fields.maybe('pinned_fingerprint', fields.text),
    );
  }

  /// The server's address; ends with a slash.
  final Uri server;

  /// A secret: never shown, never logged, never sent to another server.
  final String token;
  final DateTime expiresAt;
  final User user;

  /// The one certificate that is trusted though no authority signed it.
  final String? pinnedFingerprint;

  /// Names this account among all accounts of all servers.
  String get owner => '$server#${user.id}';

  Map<String, Object?> toJson() => {
        'server': '$server',
        'token': token,
        'expires_at': expiresAt.toIso8601String(),
        'user': user.toJson(),
        'pinned_fingerprint': pinnedFingerprint,
      };

  /// Leaves the token out, so that no log has it.
  @override
  String toString() => 'Session($owner)';
}
