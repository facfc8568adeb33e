import 'package:flutter/material.dart';

import '../../domain/quality.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/messages.dart';

/// Says why another photo would do better, with a button to take one.
class RetakeCard extends StatelessWidget {
  const RetakeCard(this.quality, {super.key, this.onRetake});

  final Quality quality;

  /// Takes another photo; null where that cannot be done.
  final VoidCallback? onRetake;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.start,
      children: [
        NoticeCard(
          icon: Icons.camera_enhance_outlined,
          text: [
            l10n.retakeTitle,
            for (final flaw in quality.flaws) _wordsFor(l10n, flaw),
          ].join('\n'),
        ),
        if (onRetake != null)
          TextButton.icon(
            onPressed: onRetake,
            icon: const Icon(Icons.photo_camera_outlined),
            label: Text(l10n.retakeAction),
          ),
      ],
    );
  }

  String _wordsFor(AppLocalizations l10n, PhotoFlaw flaw) => switch (flaw) {
        PhotoFlaw.blurred => l10n.retakeBlurred,
        PhotoFlaw.dark => l10n.retakeDark,
        PhotoFlaw.bright => l10n.retakeBright,
        PhotoFlaw.tooSmall => l10n.retakeTooSmall,
        PhotoFlaw.blank => l10n.retakeBlank,
      };
}
