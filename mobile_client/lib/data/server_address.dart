import 'dart:io';

/// What there is to say about an address that somebody typed.
enum AddressProblem {
  /// Nothing was typed.
  empty,

  /// It is no address.
  notAnAddress,

  /// "localhost" is the phone itself. A hint: emulators may mean it.
  localhostMeansPhone,

  /// Without https to a host outside the LAN, everybody on the way can read
  /// the password. A warning.
  insecureRemote,
}

/// The address of a server, made of what somebody typed.
final class ServerAddress {
  const ServerAddress._(this.uri, this.problem);

  /// Understands `192.168.1.5:8000`, `photos.example.org`,
  /// `https://example.org/photos` and the like. Without a scheme, hosts of
  /// the LAN get http, others https.
  factory ServerAddress.parse(String typed) {
    final text = typed.trim();
    if (text.isEmpty) return const ServerAddress._(null, AddressProblem.empty);
    final hasScheme = text.contains('://');
    final uri = Uri.tryParse(hasScheme ? text : 'http://$text');
    if (uri == null || !_isServer(uri)) {
      return const ServerAddress._(null, AddressProblem.notAnAddress);
    }
    final local = isLocalHost(uri.host);
    final scheme = hasScheme || local ? uri.scheme : 'https';
    return ServerAddress._(
      Uri(
        scheme: scheme,
        host: uri.host,
        port: uri.hasPort ? uri.port : null,
        path: uri.path.endsWith('/') ? uri.path : '${uri.path}/',
      ),
      switch (scheme) {
        _ when _isLoopback(uri.host) => AddressProblem.localhostMeansPhone,
        'http' when !local => AddressProblem.insecureRemote,
        _ => null,
      },
    );
  }

  /// The address, ending with a slash; null if it cannot be used.
  final Uri? uri;

  /// What is wrong; a hint or a warning when [uri] is there all the same.
  final AddressProblem? problem;

  bool get isUsable => uri != null;
}

/// Whether [host] is this machine or in its own network.
bool isLocalHost(String host) {
  final name = host.toLowerCase();
  if (_isLoopback(name)) return true;
  final address = InternetAddress.tryParse(name);
  if (address == null) {
    return !name.contains('.') ||
        name.endsWith('.local') ||
        name.endsWith('.lan') ||
        name.endsWith('.home.arpa');
  }
  if (address.isLinkLocal) return true;
  final bytes = address.rawAddress;
  if (address.type == InternetAddressType.IPv6) return bytes[0] & 0xfe == 0xfc;
  return switch ((bytes[0], bytes[1])) {
    (10, _) || (192, 168) || (169, 254) => true,
    (172, final second) => second >= 16 && second < 32,
    (100, final second) => second >= 64 && second < 128,
    _ => false,
  };
}

bool _isLoopback(String host) =>
    host.toLowerCase() == 'localhost' ||
    (InternetAddress.tryParse(host)?.isLoopback ?? false);

bool _isServer(Uri uri) =>
    (uri.scheme == 'http' || uri.scheme == 'https') &&
    uri.userInfo.isEmpty &&
    RegExp(r'^[A-Za-z0-9._:-]+$').hasMatch(uri.host) &&
    (!uri.hasPort || (uri.port > 0 && uri.port < 65536));
