import 'dart:io';

import '../../config.dart' as config;
import '../../utils/sha256.dart';

/// The SHA-256 of a certificate as people compare it: `AA:BB:…`.
String fingerprintOf(List<int> der) => [
      for (final byte in (Sha256()..add(der)).close())
        byte.toRadixString(16).padLeft(2, '0').toUpperCase(),
    ].join(':');

/// An HTTP client that trusts the authorities of the system and, beside
/// them, one certificate that somebody looked at and accepted.
class PinnedClient {
  PinnedClient({this.pinnedFingerprint, HttpClient? client})
      : http = client ?? HttpClient() {
    http
      ..connectionTimeout = config.connectTimeout
      ..userAgent = 'ImageClassifierApp/1'
      ..badCertificateCallback = _isPinned;
  }

  final HttpClient http;
  final String? pinnedFingerprint;
  String? _refused;

  /// The last certificate that was refused; asking forgets it.
  String? takeRefused() {
    final refused = _refused;
    _refused = null;
    return refused;
  }

  bool _isPinned(X509Certificate certificate, String host, int port) {
    final fingerprint = fingerprintOf(certificate.der);
    if (fingerprint == pinnedFingerprint) return true;
    _refused = fingerprint;
    return false;
  }
}
