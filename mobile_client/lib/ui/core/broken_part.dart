import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';

/// In place of a part of a screen that could not be built.
class BrokenPart extends StatelessWidget {
  const BrokenPart({super.key});

  @override
  Widget build(BuildContext context) {
    final l10n =
        Localizations.of<AppLocalizations>(context, AppLocalizations);
    return Directionality(
      textDirection: Directionality.maybeOf(context) ?? TextDirection.ltr,
      child: Padding(
        padding: const EdgeInsets.all(8),
        child: Text(l10n?.brokenPart ?? '?'),
      ),
    );
  }
}
