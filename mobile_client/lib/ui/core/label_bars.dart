import 'package:flutter/material.dart';

import '../../domain/scored_label.dart';
import '../../l10n/generated/app_localizations.dart';

/// Labels with their probabilities as bars, the best first.
class LabelBars extends StatelessWidget {
  const LabelBars(this.labels, {super.key, this.onTap});

  final List<ScoredLabel> labels;

  /// Called when one is tapped; null if nothing follows from that.
  final void Function(ScoredLabel)? onTap;

  @override
  Widget build(BuildContext context) => Column(
        crossAxisAlignment: CrossAxisAlignment.stretch,
        children: [for (final label in labels) _LabelBar(label, onTap)],
      );
}

class _LabelBar extends StatelessWidget {
  const _LabelBar(this.label, this.onTap);

  final ScoredLabel label;
  final void Function(ScoredLabel)? onTap;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final percent = l10n.percentage(label.probability);
    final tapped = onTap;
    return Semantics(
      label: l10n.labelWithShare(label.displayName, percent),
      button: tapped != null,
      onTap: tapped == null ? null : () => tapped(label),
      container: true,
      excludeSemantics: true,
      child: InkWell(
        onTap: tapped == null ? null : () => tapped(label),
        child: ConstrainedBox(
          constraints: BoxConstraints(minHeight: tapped == null ? 0 : 48),
          child: Padding(
            padding: const EdgeInsets.symmetric(vertical: 6),
            child: Column(
              mainAxisAlignment: MainAxisAlignment.center,
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
        ),
      ),
    );
  }
}
