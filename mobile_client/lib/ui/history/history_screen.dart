import 'dart:async';

import 'package:flutter/material.dart';

import '../../domain/history_filter.dart';
import '../../domain/prediction.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import '../detail/detail_screen.dart';
import '../prediction/prediction_actions.dart';
import '../prediction/prediction_tools.dart';
import 'history_filter_sheet.dart';
import 'history_list.dart';
import 'history_search.dart';
import 'history_view_model.dart';

/// What was classified so far.
class HistoryScreen extends StatefulWidget {
  const HistoryScreen({super.key, required this.tools});

  final PredictionTools tools;

  @override
  State<HistoryScreen> createState() => _HistoryScreenState();
}

class _HistoryScreenState extends State<HistoryScreen> {
  late final HistoryViewModel _model =
      HistoryViewModel(widget.tools.predictions, widget.tools.changes);
  final TextEditingController _search = TextEditingController();
  Prediction? _selected;

  @override
  void initState() {
    super.initState();
    unawaited(_model.refresh.execute());
  }

  @override
  void dispose() {
    _search.dispose();
    _model.dispose();
    super.dispose();
  }

  Future<void> _delete(Prediction prediction) => deleteWithUndo(
        context,
        prediction,
        delete: () => _model.delete(prediction),
        undo: () => _model.undo(prediction),
      );

  Future<void> _chooseFilter() async {
    final chosen = await showHistoryFilter(
      context,
      filter: _model.filter,
      repository: widget.tools.predictions,
    );
    if (mounted && chosen != null) await _model.show(chosen);
  }

  Future<void> _showAll() {
    _search.clear();
    return _model.show(const HistoryFilter());
  }

  Future<void> _open(Prediction prediction) => Navigator.push(
        context,
        MaterialPageRoute<void>(
          builder: (context) =>
              DetailScreen(prediction: prediction, tools: widget.tools),
        ),
      );

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(
        title: Text(l10n.historyTitle),
        actions: [
          IconButton(
            onPressed: _chooseFilter,
            icon: const Icon(Icons.filter_list),
            tooltip: l10n.historyFilter,
          ),
        ],
      ),
      body: SafeArea(
        child: ListenableBuilder(
          listenable: _model,
          builder: (context, _) =>
              hasTwoPanes(context) && _model.predictions.isNotEmpty
                  ? _twoPanes(l10n)
                  : _list(_open),
        ),
      ),
    );
  }

  Widget _list(void Function(Prediction) onTap, {Prediction? selected}) =>
      SearchColumn(
        field: HistorySearch(
          controller: _search,
          onSearch: (text) =>
              unawaited(_model.show(_model.filter.withSearch(text))),
        ),
        found: HistoryList(
          model: _model,
          repository: widget.tools.predictions,
          selected: selected,
          onTap: onTap,
          onDelete: _delete,
          onShowAll: _showAll,
        ),
      );

  Widget _twoPanes(AppLocalizations l10n) {
    final shown = _model.predictions
        .where((prediction) => prediction == _selected)
        .firstOrNull;
    return Row(
      children: [
        Expanded(
          flex: 2,
          child: _list(
            (prediction) => setState(() => _selected = prediction),
            selected: shown,
          ),
        ),
        const VerticalDivider(width: 1),
        Expanded(
          flex: 3,
          child: shown == null
              ? Center(
                  child: SingleChildScrollView(
                    child: MessageView(
                      icon: Icons.touch_app_outlined,
                      title: l10n.detailLabels,
                      body: l10n.detailChoose,
                    ),
                  ),
                )
              : DetailView(
                  key: ValueKey(shown.id),
                  prediction: shown,
                  tools: widget.tools,
                ),
        ),
      ],
    );
  }
}
