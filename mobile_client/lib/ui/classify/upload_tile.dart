import 'dart:io';

import 'package:flutter/material.dart';

import '../../domain/queued_upload.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/observable_builder.dart';
import '../prediction/answer_view.dart';
import 'classify_view_model.dart';
import 'local_photo.dart';
import 'upload_words.dart';

/// One of the queue's other photos: its state, and the reason in words.
class UploadTile extends StatelessWidget {
  const UploadTile({
    super.key,
    required this.upload,
    required this.model,
    required this.onRemove,
  });

  final QueuedUpload upload;
  final ClassifyViewModel model;
  final VoidCallback onRemove;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final prediction = upload.prediction;
    return ObservableBuilder<double?>(
      observable: model.progressOf(upload),
      builder: (context, progress) => ListTile(
        contentPadding: EdgeInsets.zero,
        onTap: () => model.show(upload),
        leading: ClipRRect(
          borderRadius: BorderRadius.circular(8),
          child: LocalPhoto(
            File(upload.path),
            label: l10n.yourPhoto,
            width: 56,
            height: 56,
          ),
        ),
        title: Text(
          prediction == null
              ? uploadStateIn(l10n, upload, progress)
              : answerTitle(l10n, prediction),
        ),
        subtitle: switch (uploadReason(l10n, upload)) {
          null => prediction == null ? null : Text(l10n.uploadDone),
          final reason => Text(reason.sentence),
        },
        trailing: _action(l10n),
      ),
    );
  }

  Widget _action(AppLocalizations l10n) => switch (upload.state) {
        UploadState.waiting || UploadState.sending => IconButton(
            onPressed: () => model.cancel(upload),
            icon: const Icon(Icons.close),
            tooltip: l10n.uploadCancel,
          ),
        UploadState.needsYou => IconButton(
            onPressed: () => model.retry(upload),
            icon: Icon(upload.isHeld ? Icons.send_outlined : Icons.refresh),
            tooltip: upload.isHeld ? l10n.cropSendWhole : l10n.uploadRetry,
          ),
        UploadState.done => IconButton(
            onPressed: onRemove,
            icon: const Icon(Icons.delete_outline),
            tooltip: l10n.uploadRemove,
          ),
      };
}
