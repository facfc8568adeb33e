import 'package:flutter/material.dart';
import 'package:flutter/semantics.dart';

import '../../data/prediction_repository.dart';
import '../../domain/prediction.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/formats.dart';
import '../core/photo_thumbnail.dart';
import '../prediction/answer_view.dart';

/// A row of the history, which can be swiped away.
class HistoryTile extends StatelessWidget {
  const HistoryTile({
    super.key,
    required this.prediction,
    required this.repository,
    required this.isSelected,
    required this.onTap,
    required this.onDelete,
  });

  final Prediction prediction;
  final PredictionRepository repository;
  final bool isSelected;
  final VoidCallback onTap;
  final VoidCallback onDelete;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final percent = l10n.percentage(prediction.probability);
    final when = formatTime(context, prediction.createdAt);
    return Dismissible(
      key: ValueKey(prediction.id),
      direction: DismissDirection.endToStart,
      // It goes when the list is without it, and slides back if it stays.
      confirmDismiss: (_) async {
        onDelete();
        return false;
      },
      background: const _Behind(),
      // A swipe is nothing that a screen reader could do.
      child: Semantics(
        customSemanticsActions: {
          CustomSemanticsAction(label: l10n.actionDelete): onDelete,
        },
        child: ListTile(
          selected: isSelected,
          onTap: onTap,
          contentPadding:
              const EdgeInsets.symmetric(horizontal: 16, vertical: 4),
          leading: PhotoThumbnail(
            prediction: prediction,
            repository: repository,
            side: 56,
          ),
          title: Text(answerTitle(l10n, prediction)),
          subtitle: Text('$percent · $when'),
        ),
      ),
    );
  }
}

class _Behind extends StatelessWidget {
  const _Behind();

  @override
  Widget build(BuildContext context) {
    final colors = Theme.of(context).colorScheme;
    return ColoredBox(
      color: colors.errorContainer,
      child: Align(
        alignment: AlignmentDirectional.centerEnd,
        child: Padding(
          padding: const EdgeInsets.symmetric(horizontal: 24),
          child: Icon(Icons.delete_outline, color: colors.onErrorContainer),
        ),
      ),
    );
  }
}
