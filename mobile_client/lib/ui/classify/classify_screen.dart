import 'dart:io';

import 'package:flutter/material.dart';

import '../../domain/queued_upload.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../platform/photo_picker.dart';
import '../core/busy.dart';
import '../core/confirm.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import '../crop/crop_screen.dart';
import '../prediction/prediction_tools.dart';
import 'classify_view_model.dart';
import 'local_photo.dart';
import 'pick_buttons.dart';
import 'upload_card.dart';
import 'upload_tile.dart';
import 'upload_words.dart';

/// Photo in, labels out.
class ClassifyScreen extends StatelessWidget {
  const ClassifyScreen({
    super.key,
    required this.model,
    required this.tools,
  });

  final ClassifyViewModel model;
  final PredictionTools tools;

  @override
  Widget build(BuildContext context) => Scaffold(
        appBar: AppBar(
          title: Text(AppLocalizations.of(context).classifyTitle),
        ),
        body: SafeArea(
          child: Column(
            children: [
              Expanded(
                child: ListenableBuilder(
                  listenable: model,
                  builder: (context, _) => TwoColumns(
                    first: _photo(context),
                    second: _answer(context),
                  ),
                ),
              ),
              PickButtons((source) => _pick(context, source)),
            ],
          ),
        ),
      );

  List<Widget> _photo(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return [
      if (model.pickProblem case final problem?)
        ErrorCard(
          pickProblemWords(l10n, problem),
          onClose: model.forgetPickProblem,
        ),
      if (model.picture case final picture?)
        _Picture(
          picture,
          label: model.current?.prediction?.displayName ?? l10n.yourPhoto,
        )
      else
        MessageView(
          icon: Icons.add_a_photo_outlined,
          title: l10n.classifyEmptyTitle,
          body: l10n.classifyEmptyBody,
        ),
    ];
  }

  List<Widget> _answer(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final current = model.current;
    final others = model.others;
    return [
      if (current != null)
        UploadCard(
          upload: current,
          model: model,
          tools: tools,
          onCrop: () => _crop(context, current),
          onRemove: () => _remove(context, current),
        ),
      ..._keeping(context),
      // A single one is sent from its own card.
      if (model.heldCount case final held && > 1)
        FilledButton.tonalIcon(
          onPressed: model.sendHeld,
          icon: const Icon(Icons.send_outlined),
          label: Text(l10n.cropSendAll(held)),
        ),
      if (others.isNotEmpty) ...[
        Semantics(
          header: true,
          child: Text(
            l10n.otherPhotos,
            style: Theme.of(context).textTheme.titleMedium,
          ),
        ),
        for (final upload in others)
          UploadTile(
            key: ValueKey(upload.id),
            upload: upload,
            model: model,
            onRemove: () => _remove(context, upload),
          ),
      ],
    ];
  }

  List<Widget> _keeping(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return [
      if (model.keep.running)
        Row(
          children: [
            const SmallSpinner(),
            const SizedBox(width: 12),
            Expanded(child: Text(l10n.uploadPreparing)),
          ],
        ),
      if (model.keep.error case final error?) ...[
        ErrorCard.failure(context, error),
        FilledButton.tonal(
          onPressed: model.keep.execute,
          child: Text(l10n.retry),
        ),
      ],
    ];
  }

  /// A photo that waits to be cropped is cropped at once.
  Future<void> _pick(BuildContext context, PhotoSource source) async {
    await model.pick(source);
    final taken = model.current;
    if (taken == null || !taken.isHeld || !context.mounted) return;
    await _crop(context, taken);
  }

  /// Meanwhile the photo is not sent.
  Future<void> _crop(BuildContext context, QueuedUpload upload) async {
    if (upload.isPending) await model.cancel(upload);
    if (!context.mounted) return;
    final cropping = model.cropping(upload);
    final isSent = await Navigator.push(
      context,
      MaterialPageRoute<bool>(
        builder: (context) => CropScreen(model: cropping),
      ),
    );
    if (upload.isPending && isSent != true) await model.retry(upload);
  }

  Future<void> _remove(BuildContext context, QueuedUpload upload) async {
    final l10n = AppLocalizations.of(context);
    final sure = upload.state == UploadState.done ||
        await confirm(
          context,
          title: l10n.uploadRemoveTitle,
          body: l10n.uploadRemoveBody,
          action: l10n.uploadRemove,
        );
    if (sure) await model.remove(upload);
  }
}

/// As high before the photo is decoded as after, so that nothing jumps, and
/// with room for the labels below, on whatever screen.
class _Picture extends StatelessWidget {
  const _Picture(this.file, {required this.label});

  final File file;
  final String label;

  @override
  Widget build(BuildContext context) {
    final screen = MediaQuery.sizeOf(context);
    return ClipRRect(
      borderRadius: BorderRadius.circular(16),
      child: ColoredBox(
        color: Theme.of(context).colorScheme.surfaceContainerHighest,
        child: LocalPhoto(
          file,
          label: label,
          width: screen.width,
          height: (screen.height * 0.4).clamp(160, 420).toDouble(),
          fit: BoxFit.contain,
        ),
      ),
    );
  }
}
