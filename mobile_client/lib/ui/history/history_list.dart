import 'package:flutter/material.dart';

import '../../data/prediction_repository.dart';
import '../../domain/label_name.dart';
import '../../domain/prediction.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/busy.dart';
import '../core/error_messages.dart';
import '../core/formats.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import 'history_rows.dart';
import 'history_tile.dart';
import 'history_view_model.dart';

/// The rows of the history, what there is to say about them, and more of
/// them as one scrolls.
class HistoryList extends StatelessWidget {
  const HistoryList({
    super.key,
    required this.model,
    required this.repository,
    required this.onTap,
    required this.onDelete,
    required this.onShowAll,
    this.selected,
  });

  final HistoryViewModel model;
  final PredictionRepository repository;
  final Prediction? selected;
  final void Function(Prediction) onTap;
  final void Function(Prediction) onDelete;

  /// Ends all filters.
  final VoidCallback onShowAll;

  @override
  Widget build(BuildContext context) {
    final predictions = model.predictions;
    final rows = historyRows(
      predictions,
      byDay: !model.filter.leastSureFirst,
    );
    return RefreshIndicator(
      onRefresh: model.refresh.execute,
      child: ReadableWidth(
        child: CustomScrollView(
          physics: const AlwaysScrollableScrollPhysics(),
          slivers: [
            SliverList.list(children: _banners(context, predictions)),
            if (predictions.isEmpty && !model.hasMore)
              SliverFillRemaining(
                hasScrollBody: false,
                child: Center(child: _instead(context)),
              )
            else
              SliverList.builder(
                itemCount: rows.length + (model.hasMore ? 1 : 0),
                itemBuilder: (context, i) => i < rows.length
                    ? switch (rows[i]) {
                        DayRow(:final day) => DayHeader(day),
                        PredictionRow(:final prediction) => _tile(prediction),
                      }
                    : _More(model),
              ),
          ],
        ),
      ),
    );
  }

  Widget _tile(Prediction prediction) => HistoryTile(
        key: ValueKey(prediction.id),
        prediction: prediction,
        repository: repository,
        isSelected: prediction == selected,
        onTap: () => onTap(prediction),
        onDelete: () => onDelete(prediction),
      );

  List<Widget> _banners(BuildContext context, List<Prediction> predictions) {
    final l10n = AppLocalizations.of(context);
    final copyReason = model.copyReason;
    final savedAt = model.copySavedAt;
    final error = model.refresh.error;
    return [
      if (!model.filter.isEmpty)
        _Banner(
          Align(
            alignment: AlignmentDirectional.centerStart,
            child: InputChip(
              label: Text(
                switch (model.filter.label) {
                  final label? => l10n.filterActive(nameOfLabel(label)),
                  null => l10n.historyFilterOn,
                },
              ),
              onDeleted: onShowAll,
              deleteButtonTooltipMessage: l10n.historyShowAll,
            ),
          ),
        ),
      if (savedAt != null)
        _Banner(
          NoticeCard(
            icon: Icons.cloud_off,
            text: [
              if (copyReason != null) wordsForFailure(l10n, copyReason).what,
              l10n.offlineCopy(formatMoment(context, savedAt)),
            ].join(' '),
          ),
        ),
      if (error != null && predictions.isNotEmpty)
        _Banner(ErrorCard.failure(context, error)),
    ];
  }

  /// What is shown where there are no rows.
  Widget _instead(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    if (model.refresh.error case final error?) {
      return MessageView.failure(
        context,
        error,
        onRetry: model.refresh.execute,
      );
    }
    if (model.refresh.running || model.refresh.result == null) {
      return const LoadingView();
    }
    return model.filter.isEmpty
        ? MessageView(
            icon: Icons.photo_library_outlined,
            title: l10n.historyEmptyTitle,
            body: l10n.historyEmptyBody,
          )
        : MessageView(
            icon: Icons.filter_list_off,
            title: l10n.historyNoMatchTitle,
            body: l10n.historyNoMatchBody,
            actionLabel: l10n.historyShowAll,
            onAction: onShowAll,
          );
  }
}

class _Banner extends StatelessWidget {
  const _Banner(this.child);

  final Widget child;

  @override
  Widget build(BuildContext context) => Padding(
        padding: const EdgeInsets.fromLTRB(16, 8, 16, 8),
        child: child,
      );
}

/// The end of what is loaded. As the last row of a lazy list it is built only
/// when it comes near, and then loads what follows.
class _More extends StatefulWidget {
  const _More(this.model);

  final HistoryViewModel model;

  @override
  State<_More> createState() => _MoreState();
}

class _MoreState extends State<_More> {
  @override
  void initState() {
    super.initState();
    _want();
  }

  @override
  void didUpdateWidget(_More oldWidget) {
    super.didUpdateWidget(oldWidget);
    _want();
  }

  void _want() => WidgetsBinding.instance.addPostFrameCallback((_) {
        if (mounted) widget.model.wantMore();
      });

  @override
  Widget build(BuildContext context) {
    final error = widget.model.loadMore.error;
    if (error == null) return const LoadingView();
    return MessageView.failure(
      context,
      error,
      onRetry: widget.model.loadMore.execute,
    );
  }
}
