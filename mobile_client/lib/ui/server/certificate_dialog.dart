import 'package:flutter/material.dart';

import '../../data/api/api_exception.dart';
import '../../l10n/generated/app_localizations.dart';

/// Shows the fingerprint of a certificate that nobody vouches for; true if
/// the user compared it and trusts it.
Future<bool> showCertificateDialog(
  BuildContext context,
  UntrustedCertificateException untrusted,
) async =>
    await showDialog<bool>(
      context: context,
      barrierDismissible: false,
      builder: (context) => CertificateDialog(untrusted),
    ) ??
    false;

/// The one question about a self-signed certificate.
class CertificateDialog extends StatelessWidget {
  const CertificateDialog(this.untrusted, {super.key});

  final UntrustedCertificateException untrusted;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final theme = Theme.of(context);
    return AlertDialog(
      scrollable: true,
      icon: const Icon(Icons.gpp_maybe_outlined),
      title: Text(l10n.certificateTitle),
      content: Column(
        crossAxisAlignment: CrossAxisAlignment.start,
        children: [
          Text(l10n.certificateBody(untrusted.host)),
          const SizedBox(height: 16),
          Text(
            l10n.certificateFingerprint,
            style: theme.textTheme.labelLarge,
          ),
          const SizedBox(height: 4),
          Text(
            // Lines end between bytes, so that people can compare them.
            untrusted.fingerprint.replaceAll(':', ':$_mayBreak'),
            semanticsLabel: untrusted.fingerprint,
            style: theme.textTheme.bodyMedium?.copyWith(
              fontFamily: 'monospace',
              fontFamilyFallback: const ['Menlo', 'Courier'],
            ),
          ),
        ],
      ),
      actions: [
        FilledButton(
          onPressed: () => Navigator.pop(context, false),
          child: Text(l10n.certificateRefuse),
        ),
        TextButton(
          onPressed: () => Navigator.pop(context, true),
          child: Text(l10n.certificateTrust),
        ),
      ],
    );
  }
}

/// A space without width, at which a line may end.
const String _mayBreak = '\u200B';
