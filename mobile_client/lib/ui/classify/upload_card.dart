import 'package:flutter/material.dart';

import '../../domain/prediction.dart';
import '../../domain/queued_upload.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/label_bars.dart';
import '../core/messages.dart';
import '../core/observable_builder.dart';
import 'classify_view_model.dart';
import 'upload_words.dart';

/// What becomes of the current photo, and what can be done about it.
class UploadCard extends StatelessWidget {
  const UploadCard({
    super.key,
    required this.upload,
    required this.model,
    required this.onRemove,
  });

  final QueuedUpload upload;
  final ClassifyViewModel model;
  final VoidCallback onRemove;

  @override
  Widget build(BuildContext context) => switch (upload.state) {
        UploadState.waiting => _waiting(context),
        UploadState.sending => _sending(context),
        UploadState.done => ResultView(upload.prediction!),
        UploadState.needsYou => _needsYou(context),
      };

  Widget _waiting(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final reason = uploadReason(l10n, upload);
    final nextTry = uploadNextTry(context, upload);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        NoticeCard(
          icon: Icons.schedule,
          text: [
            l10n.uploadWaiting,
            if (reason != null) reason.sentence,
            if (nextTry != null) nextTry,
          ].join('\n'),
        ),
        _Actions([
          OutlinedButton(
            onPressed: () => model.retry(upload),
            child: Text(l10n.uploadSendNow),
          ),
          TextButton(
            onPressed: () => model.cancel(upload),
            child: Text(l10n.uploadCancel),
          ),
        ]),
      ],
    );
  }

  Widget _sending(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return ObservableBuilder<double?>(
      observable: model.progressOf(upload),
      builder: (context, progress) => Column(
        crossAxisAlignment: CrossAxisAlignment.stretch,
        children: [
          Text(uploadStateIn(l10n, upload, progress)),
          const SizedBox(height: 8),
          ExcludeSemantics(
            child: LinearProgressIndicator(
              value: (progress ?? 0) >= 1 ? null : progress ?? 0,
              minHeight: 8,
            ),
          ),
          _Actions([
            OutlinedButton(
              onPressed: () => model.cancel(upload),
              child: Text(l10n.uploadCancel),
            ),
          ]),
        ],
      ),
    );
  }

  Widget _needsYou(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final reason = uploadReason(l10n, upload);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        if (reason == null) Text(l10n.uploadNeedsYou) else ErrorCard(reason),
        _Actions([
          FilledButton.tonal(
            onPressed: () => model.retry(upload),
            child: Text(l10n.uploadRetry),
          ),
          TextButton(onPressed: onRemove, child: Text(l10n.uploadRemove)),
        ]),
      ],
    );
  }
}

/// The label with the five best as bars; it is read out when it appears.
class ResultView extends StatelessWidget {
  const ResultView(this.prediction, {super.key});

  final Prediction prediction;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final theme = Theme.of(context);
    final model = prediction.model;
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        Semantics(
          liveRegion: true,
          container: true,
          excludeSemantics: true,
          label: l10n.resultAnnouncement(
            prediction.displayName,
            l10n.percentage(prediction.probability),
          ),
          child: Text(
            prediction.displayName,
            style: theme.textTheme.headlineMedium,
          ),
        ),
        const SizedBox(height: 8),
        LabelBars(prediction.top.take(5).toList()),
        const SizedBox(height: 8),
        Text(
          l10n.answeredBy(l10n.detailModelVersion(model.name, model.version)),
          style: theme.textTheme.bodySmall,
        ),
      ],
    );
  }
}

class _Actions extends StatelessWidget {
  const _Actions(this.children);

  final List<Widget> children;

  @override
  Widget build(BuildContext context) => Padding(
        padding: const EdgeInsets.only(top: 8),
        child: Wrap(spacing: 8, runSpacing: 8, children: children),
      );
}
