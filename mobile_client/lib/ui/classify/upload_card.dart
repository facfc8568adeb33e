import 'package:flutter/material.dart';

import '../../domain/queued_upload.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../platform/photo_picker.dart';
import '../core/messages.dart';
import '../core/observable_builder.dart';
import '../prediction/prediction_tools.dart';
import 'classify_view_model.dart';
import 'countdown.dart';
import 'result_view.dart';
import 'upload_words.dart';

/// What becomes of the current photo, and what can be done about it.
class UploadCard extends StatelessWidget {
  const UploadCard({
    super.key,
    required this.upload,
    required this.model,
    required this.tools,
    required this.onCrop,
    required this.onRemove,
  });

  final PredictionTools tools;
  final QueuedUpload upload;
  final ClassifyViewModel model;
  final VoidCallback onCrop;
  final VoidCallback onRemove;

  @override
  Widget build(BuildContext context) => switch (upload.state) {
        UploadState.waiting => _waiting(context),
        UploadState.sending => _sending(context),
        UploadState.done => ResultView(
            key: ValueKey(upload.id),
            prediction: upload.prediction!,
            tools: tools,
            onRetake: () => model.pick(PhotoSource.camera),
            onCrop: onCrop,
            onDeleted: () => model.remove(upload),
          ),
        UploadState.needsYou => _needsYou(context),
      };

  Widget _waiting(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final reason = uploadReason(l10n, upload);
    final next = upload.notBefore;
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        NoticeCard(
          icon: Icons.schedule,
          text: [
            l10n.uploadWaiting,
            if (reason != null) reason.sentence,
          ].join('\n'),
        ),
        if (next != null) Countdown(next),
        ..._provisional(context),
        _Actions([
          OutlinedButton(
            onPressed: () => model.retry(upload),
            child: Text(l10n.uploadSendNow),
          ),
          OutlinedButton(onPressed: onCrop, child: Text(l10n.cropAction)),
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
          ..._provisional(context),
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

  /// What the phone itself sees, until the server answers.
  List<Widget> _provisional(BuildContext context) {
    final seen = model.provisional?.value[upload.id]?.top.firstOrNull;
    if (seen == null) return const [];
    final l10n = AppLocalizations.of(context);
    final theme = Theme.of(context).textTheme;
    return [
      Padding(
        padding: const EdgeInsets.symmetric(vertical: 8),
        child: Semantics(
          liveRegion: true,
          container: true,
          child: Column(
            crossAxisAlignment: CrossAxisAlignment.start,
            children: [
              Text(
                l10n.provisionalTitle(
                  seen.displayName,
                  l10n.percentage(seen.probability),
                ),
                style: theme.titleLarge,
              ),
              Text(l10n.provisionalBody, style: theme.bodySmall),
            ],
          ),
        ),
      ),
    ];
  }

  Widget _needsYou(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final reason = uploadReason(l10n, upload);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        if (reason == null)
          NoticeCard(icon: Icons.crop_rotate, text: l10n.cropHeld)
        else
          ErrorCard(reason),
        _Actions([
          if (upload.isHeld)
            FilledButton.tonal(
              onPressed: onCrop,
              child: Text(l10n.cropAction),
            ),
          FilledButton.tonal(
            onPressed: () => model.retry(upload),
            child: Text(
              upload.isHeld ? l10n.cropSendWhole : l10n.uploadRetry,
            ),
          ),
          if (!upload.isHeld)
            TextButton(onPressed: onCrop, child: Text(l10n.cropAction)),
          TextButton(onPressed: onRemove, child: Text(l10n.uploadRemove)),
        ]),
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
