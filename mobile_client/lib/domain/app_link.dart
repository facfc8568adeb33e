import 'pairing_code.dart';

/// What a link that opened the app leads to.
sealed class AppLink {
  const AppLink();

  /// `imageclassifier://prediction/ID`, `…/predictions/ID/` of a server, or a
  /// code for pairing, or the copy of a photo that iOS made for this app;
  /// null if it leads nowhere in this app.
  static AppLink? parse(Uri link) {
    if (link.scheme == 'file') {
      return _isHandedOver(link) ? PhotoLink(link) : null;
    }
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

/// Is a photo that another app opened with this one.
final class PhotoLink extends AppLink {
  const PhotoLink(this.uri);

  /// Where this app's copy of it is.
  final Uri uri;
}

/// Whether a file is where iOS puts what comes from other apps: a link must
/// not have the app send any other file of its own.
bool _isHandedOver(Uri file) {
  final parts = file.pathSegments;
  return parts.length > 1 &&
      parts.last.isNotEmpty &&
      !parts.contains('..') &&
      _inbox.hasMatch(parts[parts.length - 2]);
}

final RegExp _inbox = RegExp(r'(^|-)Inbox$');

final RegExp _id = RegExp(r'^[0-9A-Za-z-]{1,64}$');
