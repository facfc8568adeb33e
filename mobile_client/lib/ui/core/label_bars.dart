import 'package:flutter/material.dart';

import '../../domain/scored_label.dart';
import '../../l10n/generated/app_localizations.dart';

/// Labels with their probabilities as bars, the best first.
class LabelBars extends StatelessWidget {
  const LabelBars(this.labels, {super.key});

  final List<ScoredLabel> labels;

  @override
  Widget build(BuildContext context) => Column(
        crossAxisAlignment: CrossAxisAlignment.stretch,
        children: [for (final label in labels) _LabelBar(label)],
      );
}

class _LabelBar extends StatelessWidget {
  const _LabelBar(this.label);

  final ScoredLabel label;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final percent = l10n.percentage(label.probability);
    return Semantics(
      label: l10n.labelWithShare(label.displayName, percent),
      container: true,
      excludeSemantics: true,
      child: Padding(
        padding: const EdgeInsets.symmetric(vertical: 6),
        child: Column(
          crossAxisAlignment: CrossAxisAlignment.stretch,
          children: [
            Row(
              crossAxisAlignment: CrossAxisAlignment.start,
              children: [
                Expanded(child: Text(label.displayName)),
                const SizedBox(width: 8),
                Text(percent),
              ],
            ),
            const SizedBox(height: 4),
            ClipRRect(
              borderRadius: BorderRadius.circular(4),
              child: LinearProgressIndicator(
                value: label.probability.clamp(0, 1).toDouble(),
                minHeight: 8,
              ),
            ),
          ],
        ),
      ),
    );
  }
}
