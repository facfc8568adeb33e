import 'dart:convert';

/// What a server's code for phones says: where it is, which certificate it
/// has, and a secret that signs a phone in, once.
final class PairingCode {
  const PairingCode({
    required this.server,
    required this.code,
    this.fingerprint,
  });

  /// What the text of a QR code, a link or the clipboard says; null if it is
  /// none of ours.
  ///
  /// It is a link whose query or fragment has `code` and perhaps
  /// `fingerprint`, and `server` if the server is not where the link leads;
  /// or the same as JSON, as the API answers it.
  static PairingCode? parse(String text) {
    final trimmed = text.trim();
    final fields =
        trimmed.startsWith('{') ? _ofJson(trimmed) : _ofLink(trimmed);
    final code = fields['code']?.trim() ?? '';
    final server = Uri.tryParse(fields['server'] ?? fields['url'] ?? '');
    if (code.isEmpty || server == null || server.host.isEmpty) return null;
    if (server.scheme != 'http' && server.scheme != 'https') return null;
    return PairingCode(
      server: _addressIn(server),
      code: code,
      fingerprint: _fingerprintIn(fields['fingerprint']),
    );
  }

  /// The server's address; ends with a slash.
  final Uri server;
  final String code;

  /// The SHA-256 of its certificate, as `AA:BB:…`; null if an authority
  /// vouches for it.
  final String? fingerprint;

  /// Leaves the secret out, so that no log has it.
  @override
  String toString() => 'PairingCode($server)';
}

/// The scheme of links that open this app.
const String appScheme = 'imageclassifier';

Map<String, String?> _ofJson(String text) {
  try {
    return switch (jsonDecode(text)) {
      final Map<String, Object?> fields => {
          for (final MapEntry(:key, :value) in fields.entries)
            if (value is String) key: value,
        },
      _ => const {},
    };
  } on FormatException {
    return const {};
  }
}

Map<String, String?> _ofLink(String text) {
  final link = Uri.tryParse(text);
  if (link == null) return const {};
  try {
    return {
      if (link.scheme != appScheme) 'url': '${link.removeFragment()}',
      ...Uri.splitQueryString(link.fragment),
      ...link.queryParameters,
    };
  } on Exception {
    return const {};
  } on ArgumentError {
    return const {};
  }
}

/// The address without what belongs to the page that shows the code.
Uri _addressIn(Uri link) {
  final folders = [
    for (final segment in link.pathSegments)
      if (segment.isNotEmpty) segment,
  ];
  final page = folders.indexWhere(const {'pair', 'account', 'api'}.contains);
  final kept = page < 0 ? folders : folders.sublist(0, page);
  return Uri(
    scheme: link.scheme,
    host: link.host,
    port: link.hasPort ? link.port : null,
    path: kept.isEmpty ? '/' : '/${kept.join('/')}/',
  );
}

/// A fingerprint as people compare it, however it was written.
String? _fingerprintIn(String? text) {
  final hex = text?.replaceAll(RegExp('[^0-9A-Fa-f]'), '').toUpperCase() ?? '';
  if (hex.length != 64) return null;
  return [
    for (var i = 0; i < 64; i += 2) hex.substring(i, i + 2),
  ].join(':');
}
