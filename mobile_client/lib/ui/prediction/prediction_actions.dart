import 'dart:async';

import 'package:flutter/material.dart';

import '../../config.dart' as config;
import '../../domain/answer.dart';
import '../../domain/known_label.dart';
import '../../domain/prediction.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../utils/result.dart';
import '../core/error_messages.dart';
import '../core/messages.dart';
import 'answer_view.dart';
import 'prediction_view_model.dart';

/// The buttons for all that can be done with a prediction, and why one of
/// them failed.
class PredictionActions extends StatelessWidget {
  const PredictionActions({
    super.key,
    required this.model,
    this.onDeleted,
    this.onWhy,
  });

  final PredictionViewModel model;

  /// Called when the prediction was deleted, though that can be undone.
  final VoidCallback? onDeleted;

  /// Leads to where a heat map can be shown; null if that is here.
  final VoidCallback? onWhy;

  @override
  Widget build(BuildContext context) => Column(
        crossAxisAlignment: CrossAxisAlignment.stretch,
        children: [
          _buttons(context),
          for (final error in [model.file.error, model.classifyAgain.error])
            if (error != null) ErrorCard.failure(context, error),
        ],
      );

  Widget _buttons(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final isBusy = model.file.running || model.classifyAgain.running;
    final isExplained = model.explained != null;
    return Wrap(
      spacing: 4,
      children: [
        _Action(
          isExplained ? Icons.layers_clear_outlined : Icons.layers_outlined,
          isExplained ? l10n.actionWhyHide : l10n.actionWhy,
          model.why.running ? null : onWhy ?? _explain,
        ),
        _Action(
          Icons.share_outlined,
          l10n.actionShare,
          isBusy ? null : () => _share(l10n),
        ),
        _Action(
          Icons.download_outlined,
          l10n.actionSave,
          isBusy ? null : () => _save(context),
        ),
        _Action(
          Icons.refresh,
          l10n.actionAgain,
          isBusy ? null : () => _classifyAgain(context),
        ),
        _Action(
          Icons.delete_outline,
          l10n.actionDelete,
          isBusy ? null : () => _delete(context),
        ),
      ],
    );
  }

  Future<void> _explain() => model.explain(
        model.explained == null ? bestLabelOf(model.prediction) : null,
      );

  Future<void> _share(AppLocalizations l10n) {
    final prediction = model.prediction;
    return model.share(
      l10n.shareText(
        answerTitle(l10n, prediction),
        l10n.percentage(prediction.probability),
      ),
    );
  }

  Future<void> _save(BuildContext context) async {
    final l10n = AppLocalizations.of(context);
    final messenger = ScaffoldMessenger.of(context);
    final isSaved = await model.save();
    if (isSaved == null) return;
    _tell(messenger, isSaved ? l10n.savedToPhotos : l10n.notSavedToPhotos);
  }

  Future<void> _classifyAgain(BuildContext context) async {
    final l10n = AppLocalizations.of(context);
    final messenger = ScaffoldMessenger.of(context);
    await model.classifyAgain.execute();
    if (model.classifyAgain.result is Ok<Prediction>) {
      _tell(messenger, l10n.againDone);
    }
  }

  Future<void> _delete(BuildContext context) async {
    final deleted = await deleteWithUndo(
      context,
      model.prediction,
      delete: () async {
        await model.deletion.execute();
        return model.deletion.result ?? const Ok(null);
      },
      undo: model.undo,
    );
    if (deleted) onDeleted?.call();
  }
}

/// The label that a heat map is about at first.
KnownLabel bestLabelOf(Prediction prediction) {
  final best = prediction.top.firstOrNull;
  final isBest = prediction.answer.kind == AnswerKind.exact || best == null;
  return KnownLabel(
    label: isBest ? prediction.label : best.label,
    wnid: best?.wnid ?? '',
  );
}

/// Deletes [prediction] and offers to undo that for a while; false if it
/// could not be deleted, which is told.
Future<bool> deleteWithUndo(
  BuildContext context,
  Prediction prediction, {
  required Future<Result<void>> Function() delete,
  required Future<bool> Function() undo,
}) async {
  final l10n = AppLocalizations.of(context);
  final messenger = ScaffoldMessenger.of(context);
  final result = await delete();
  if (result case Failed(:final error)) {
    _tell(messenger, wordsForFailure(l10n, error).sentence);
    return false;
  }
  messenger
    ..hideCurrentSnackBar()
    ..showSnackBar(
      SnackBar(
        duration: config.undoTime,
        content: Text(l10n.historyDeleted(answerTitle(l10n, prediction))),
        action: SnackBarAction(
          label: l10n.undo,
          onPressed: () => unawaited(
            undo().then((isBack) {
              if (!isBack) _tell(messenger, l10n.undoTooLate);
            }),
          ),
        ),
      ),
    );
  return true;
}

void _tell(ScaffoldMessengerState messenger, String text) {
  if (!messenger.mounted) return;
  messenger
    ..hideCurrentSnackBar()
    ..showSnackBar(SnackBar(content: Text(text)));
}

class _Action extends StatelessWidget {
  const _Action(this.icon, this.name, this.onPressed);

  final IconData icon;
  final String name;
  final VoidCallback? onPressed;

  @override
  Widget build(BuildContext context) => IconButton(
        onPressed: onPressed,
        icon: Icon(icon),
        tooltip: name,
      );
}
