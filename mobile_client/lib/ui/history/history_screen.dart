import 'dart:async';

import 'package:flutter/material.dart';

import '../../data/prediction_repository.dart';
import '../../domain/prediction.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/error_messages.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import '../detail/detail_screen.dart';
import 'history_list.dart';
import 'history_view_model.dart';
import 'label_picker_screen.dart';

/// What was classified so far.
class HistoryScreen extends StatefulWidget {
  const HistoryScreen({super.key, required this.repository});

  final PredictionRepository repository;

  @override
  State<HistoryScreen> createState() => _HistoryScreenState();
}

class _HistoryScreenState extends State<HistoryScreen> {
  late final HistoryViewModel _model = HistoryViewModel(widget.repository);

  /// This screen's own, so that no chance to undo outlives it.
  final GlobalKey<ScaffoldMessengerState> _messenger = GlobalKey();
  Prediction? _selected;

  @override
  void initState() {
    super.initState();
    unawaited(_model.refresh.execute());
  }

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  void _swiped(Prediction prediction) {
    final l10n = AppLocalizations.of(context);
    final messenger = _messenger.currentState!..hideCurrentSnackBar();
    _model.hide(prediction);
    final shown = messenger.showSnackBar(
      SnackBar(
        content: Text(l10n.historyDeleted(prediction.displayName)),
        action: SnackBarAction(
          label: l10n.undo,
          onPressed: () => _model.undo(prediction),
        ),
      ),
    );
    unawaited(shown.closed.then((_) => _delete(prediction)));
  }

  Future<void> _delete(Prediction prediction) async {
    final failure = await _model.delete(prediction);
    if (failure == null || !mounted) return;
    final l10n = AppLocalizations.of(context);
    _messenger.currentState?.showSnackBar(
      SnackBar(
        content: Text(
          l10n.historyNotDeleted(
            prediction.displayName,
            wordsForFailure(l10n, failure).sentence,
          ),
        ),
      ),
    );
  }

  Future<void> _chooseLabel() async {
    final label = await Navigator.push(
      context,
      MaterialPageRoute<String>(
        fullscreenDialog: true,
        builder: (context) => LabelPickerScreen(repository: widget.repository),
      ),
    );
    if (mounted && label != null) await _model.showOnly(label);
  }

  Future<void> _open(Prediction prediction) => Navigator.push(
        context,
        MaterialPageRoute<void>(
          builder: (context) => DetailScreen(
            prediction: prediction,
            repository: widget.repository,
          ),
        ),
      );

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return ScaffoldMessenger(
      key: _messenger,
      child: Scaffold(
        appBar: AppBar(
          title: Text(l10n.historyTitle),
          actions: [
            IconButton(
              onPressed: _chooseLabel,
              icon: const Icon(Icons.filter_list),
              tooltip: l10n.filterByLabel,
            ),
          ],
        ),
        body: SafeArea(
          child: ListenableBuilder(
            listenable: _model,
            builder: (context, _) => LayoutBuilder(
              builder: (context, size) =>
                  size.maxWidth < twoPanesMinWidth || _model.predictions.isEmpty
                      ? _list(_open)
                      : _twoPanes(l10n),
            ),
          ),
        ),
      ),
    );
  }

  Widget _list(void Function(Prediction) onTap, {Prediction? selected}) =>
      HistoryList(
        model: _model,
        repository: widget.repository,
        selected: selected,
        onTap: onTap,
        onDelete: _swiped,
      );

  Widget _twoPanes(AppLocalizations l10n) {
    final shown = _model.predictions
        .where((prediction) => prediction == _selected)
        .firstOrNull;
    return Row(
      children: [
        SizedBox(
          width: 380,
          child: _list(
            (prediction) => setState(() => _selected = prediction),
            selected: shown,
          ),
        ),
        const VerticalDivider(width: 1),
        Expanded(
          child: shown == null
              ? Center(
                  child: MessageView(
                    icon: Icons.touch_app_outlined,
                    title: l10n.detailLabels,
                    body: l10n.detailChoose,
                  ),
                )
              : DetailView(
                  key: ValueKey(shown.id),
                  prediction: shown,
                  repository: widget.repository,
                ),
        ),
      ],
    );
  }
}
