import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';

/// Explains where a server's address is found.
class ServerHelp extends StatelessWidget {
  const ServerHelp({super.key});

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Card(
      margin: EdgeInsets.zero,
      child: Padding(
        padding: const EdgeInsets.all(16),
        child: Column(
          crossAxisAlignment: CrossAxisAlignment.stretch,
          children: [
            Semantics(
              header: true,
              child: Text(
                l10n.serverHelpTitle,
                style: Theme.of(context).textTheme.titleMedium,
              ),
            ),
            for (final text in [
              l10n.serverHelpLan,
              l10n.serverHelpLocalhost,
              l10n.serverHelpEmulator,
            ]) ...[
              const SizedBox(height: 8),
              Text(text),
            ],
          ],
        ),
      ),
    );
  }
}
