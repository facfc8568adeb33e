import 'pairing_code.dart';

/// What a link that opened the app leads to.
sealed class AppLink {
  const AppLink();

  /// `imageclassifier://prediction/ID`, `…/predictions/ID/` of a server, or a
  /// code for pairing; null if it leads nowhere in this app.
  static AppLink? parse(Uri link) {
    final code = PairingCode.parse('$link');
    if (code != null) return PairingLink(code);
    final parts = [
      if (link.scheme == appScheme && link.host.isNotEmpty) link.host,
      ...link.pathSegments.where((part) => part.isNotEmpty),
    ];
    for (var i = 0; i + 1 < parts.length; i++) {
      final isPrediction = parts[i] == 'prediction' || parts[i] == 'predictions';
      if (isPrediction && _id.hasMatch(parts[i + 1])) {
        return PredictionLink(parts[i + 1]);
      }
    }
    return null;
  }
}

/// Leads to a prediction.
final class PredictionLink extends AppLink {
  const PredictionLink(this.id);

  final String id;

  /// The link to give away.
  Uri get uri => Uri(scheme: appScheme, host: 'prediction', path: '/$id');
}

/// Leads to a server and into an account.
final class PairingLink extends AppLink {
  const PairingLink(this.code);

  final PairingCode code;
}

final RegExp _id = RegExp(r'^[0-9A-Za-z-]{1,64}$');
