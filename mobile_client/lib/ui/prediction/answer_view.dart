import 'package:flutter/material.dart';

import '../../domain/answer.dart';
import '../../domain/prediction.dart';
import '../../domain/scored_label.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/label_bars.dart';

/// What the server stands by, as a headline, and the other labels as bars.
/// It is read out when it appears.
class AnswerView extends StatelessWidget {
  const AnswerView(this.prediction, {super.key, this.onLabel});

  final Prediction prediction;

  /// Called when a label is tapped; null if nothing follows from that.
  final void Function(ScoredLabel)? onLabel;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final theme = Theme.of(context).textTheme;
    final words = answerWords(l10n, prediction);
    final isExact = prediction.answer.kind == AnswerKind.exact;
    // The headline says the best one already.
    final others = prediction.top.skip(isExact ? 1 : 0).take(5).toList();
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        Semantics(
          liveRegion: true,
          container: true,
          excludeSemantics: true,
          label: words.announcement,
          child: Column(
            crossAxisAlignment: CrossAxisAlignment.stretch,
            children: [
              Text(words.headline, style: theme.headlineMedium),
              const SizedBox(height: 4),
              Text(words.detail, style: theme.bodyLarge),
            ],
          ),
        ),
        if (others.isNotEmpty) ...[
          const SizedBox(height: 16),
          Semantics(
            header: true,
            child: Text(
              isExact ? l10n.answerOthers : l10n.answerCandidates,
              style: theme.titleMedium,
            ),
          ),
          LabelBars(others, onTap: onLabel),
        ],
      ],
    );
  }
}

/// An answer in words.
final class AnswerWords {
  const AnswerWords(this.headline, this.detail, this.announcement);

  final String headline;
  final String detail;

  /// Read out when it appears.
  final String announcement;
}

/// The words for what the server stands by.
AnswerWords answerWords(AppLocalizations l10n, Prediction prediction) {
  final answer = prediction.answer;
  final percent = l10n.percentage(answer.probability);
  switch (answer.kind) {
    case AnswerKind.exact:
      return AnswerWords(
        prediction.displayName,
        l10n.answerExact(percent),
        l10n.resultAnnouncement(prediction.displayName, percent),
      );
    case AnswerKind.broader:
      final detail = l10n.answerBroader(answer.displayName, percent);
      return AnswerWords(answer.displayName, detail, detail);
    case AnswerKind.unsure:
      return AnswerWords(
        l10n.answerUnsureTitle,
        l10n.answerUnsure,
        l10n.resultAnnouncementUnsure(prediction.displayName),
      );
  }
}

/// What a row of a list calls a prediction.
String answerTitle(AppLocalizations l10n, Prediction prediction) =>
    switch (prediction.answer.kind) {
      AnswerKind.exact => prediction.displayName,
      AnswerKind.broader => prediction.answer.displayName,
      AnswerKind.unsure =>
        '${l10n.answerCandidates}: ${prediction.displayName}',
    };
