import 'package:flutter/material.dart';

import '../../domain/feedback.dart' as domain;
import '../../domain/queued_change.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/error_messages.dart';
import '../core/messages.dart';
import 'label_search_screen.dart';
import 'prediction_tools.dart';
import 'prediction_view_model.dart';

/// Asks whether an answer is right, and tells what was said.
class FeedbackBar extends StatelessWidget {
  const FeedbackBar({super.key, required this.model, required this.tools});

  final PredictionViewModel model;
  final PredictionTools tools;

  @override
  Widget build(BuildContext context) {
    final waiting = model.waiting;
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        if (model.said.error case final error?)
          ErrorCard.failure(context, error),
        if (waiting != null && waiting.isStuck)
          _stuck(context, waiting)
        else if (model.feedback case final said?)
          _said(context, said, isWaiting: waiting != null)
        else
          _question(context),
      ],
    );
  }

  Widget _question(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        Semantics(
          header: true,
          child: Text(
            l10n.feedbackQuestion,
            style: Theme.of(context).textTheme.titleMedium,
          ),
        ),
        const SizedBox(height: 8),
        Wrap(
          spacing: 8,
          runSpacing: 8,
          children: [
            OutlinedButton.icon(
              onPressed: () =>
                  model.say(const domain.Feedback(domain.Verdict.right)),
              icon: const Icon(Icons.check),
              label: Text(l10n.feedbackRight),
            ),
            OutlinedButton.icon(
              onPressed: () => _choose(context),
              icon: const Icon(Icons.edit_outlined),
              label: Text(l10n.feedbackWrong),
            ),
            OutlinedButton.icon(
              onPressed: () =>
                  model.say(const domain.Feedback(domain.Verdict.wrong)),
              icon: const Icon(Icons.close),
              label: Text(l10n.feedbackNone),
            ),
          ],
        ),
      ],
    );
  }

  Widget _said(
    BuildContext context,
    domain.Feedback said, {
    required bool isWaiting,
  }) {
    final l10n = AppLocalizations.of(context);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.start,
      children: [
        NoticeCard(
          icon: isWaiting ? Icons.schedule : Icons.check,
          text: [
            switch (said) {
              domain.Feedback(verdict: domain.Verdict.right) =>
                l10n.feedbackSaidRight,
              domain.Feedback(label: '') => l10n.feedbackSaidNone,
              _ => l10n.feedbackSaidWrong(said.displayName),
            },
            if (isWaiting) l10n.feedbackWaits,
          ].join('\n'),
        ),
        TextButton(
          onPressed: () => model.say(null),
          child: Text(l10n.feedbackTakeBack),
        ),
      ],
    );
  }

  Widget _stuck(BuildContext context, QueuedChange change) {
    final l10n = AppLocalizations.of(context);
    final problem = change.problem;
    return Column(
      crossAxisAlignment: CrossAxisAlignment.start,
      children: [
        ErrorCard(
          ErrorWords(
            l10n.feedbackStuck,
            problem == null
                ? ''
                : wordsFor(l10n, problem.code, detail: problem.detail)
                    .sentence,
          ),
          onClose: () => model.dropFeedback(change),
        ),
        TextButton(
          onPressed: model.retryFeedback,
          child: Text(l10n.retry),
        ),
      ],
    );
  }

  Future<void> _choose(BuildContext context) async {
    final chosen = await Navigator.push(
      context,
      MaterialPageRoute<domain.Feedback>(
        fullscreenDialog: true,
        builder: (context) => LabelSearchScreen(
          repository: tools.predictions,
          suggestions: model.prediction.top,
        ),
      ),
    );
    if (chosen != null) await model.say(chosen);
  }
}
