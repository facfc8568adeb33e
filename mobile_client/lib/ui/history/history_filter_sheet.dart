import 'package:flutter/material.dart';

import '../../data/prediction_repository.dart';
import '../../domain/answer.dart';
import '../../domain/history_filter.dart';
import '../../domain/label_name.dart';
import '../../l10n/generated/app_localizations.dart';
import 'label_picker_screen.dart';

/// Asks which part of the history is wanted; null if nothing was chosen.
Future<HistoryFilter?> showHistoryFilter(
  BuildContext context, {
  required HistoryFilter filter,
  required PredictionRepository repository,
}) =>
    showModalBottomSheet<HistoryFilter>(
      context: context,
      isScrollControlled: true,
      useSafeArea: true,
      showDragHandle: true,
      builder: (context) =>
          HistoryFilterSheet(filter: filter, repository: repository),
    );

/// The choices of [showHistoryFilter].
class HistoryFilterSheet extends StatefulWidget {
  const HistoryFilterSheet({
    super.key,
    required this.filter,
    required this.repository,
  });

  final HistoryFilter filter;
  final PredictionRepository repository;

  @override
  State<HistoryFilterSheet> createState() => _HistoryFilterSheetState();
}

class _HistoryFilterSheetState extends State<HistoryFilterSheet> {
  late String? _label = widget.filter.label;
  late AnswerKind? _answer = widget.filter.answer;
  late FeedbackFilter? _feedback = widget.filter.feedback;
  late bool _leastSureFirst = widget.filter.leastSureFirst;

  Future<void> _chooseLabel() async {
    final label = await Navigator.push(
      context,
      MaterialPageRoute<String>(
        fullscreenDialog: true,
        builder: (context) => LabelPickerScreen(repository: widget.repository),
      ),
    );
    if (mounted && label != null) setState(() => _label = label);
  }

  void _apply() => Navigator.pop(
        context,
        HistoryFilter(
          label: _label,
          search: widget.filter.search,
          answer: _answer,
          feedback: _feedback,
          leastSureFirst: _leastSureFirst,
        ),
      );

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final label = _label;
    return SingleChildScrollView(
      padding: const EdgeInsets.fromLTRB(16, 0, 16, 16),
      child: Column(
        crossAxisAlignment: CrossAxisAlignment.stretch,
        children: [
          if (label == null)
            OutlinedButton.icon(
              onPressed: _chooseLabel,
              icon: const Icon(Icons.label_outline),
              label: Text(l10n.filterByLabel),
            )
          else
            Align(
              alignment: AlignmentDirectional.centerStart,
              child: InputChip(
                label: Text(l10n.filterActive(nameOfLabel(label))),
                onDeleted: () => setState(() => _label = null),
                deleteButtonTooltipMessage: l10n.historyShowAll,
              ),
            ),
          _Choices<AnswerKind?>(
            title: l10n.filterAnswer,
            names: {
              null: l10n.filterAny,
              AnswerKind.exact: l10n.filterExact,
              AnswerKind.broader: l10n.filterBroader,
              AnswerKind.unsure: l10n.filterUnsure,
            },
            chosen: _answer,
            onChosen: (value) => setState(() => _answer = value),
          ),
          _Choices<FeedbackFilter?>(
            title: l10n.filterFeedback,
            names: {
              null: l10n.filterAny,
              FeedbackFilter.none: l10n.filterNone,
              FeedbackFilter.right: l10n.filterRight,
              FeedbackFilter.wrong: l10n.filterWrong,
            },
            chosen: _feedback,
            onChosen: (value) => setState(() => _feedback = value),
          ),
          _Choices<bool>(
            title: l10n.filterOrder,
            names: {false: l10n.filterNewest, true: l10n.filterLeastSure},
            chosen: _leastSureFirst,
            onChosen: (value) => setState(() => _leastSureFirst = value),
          ),
          const SizedBox(height: 16),
          FilledButton(onPressed: _apply, child: Text(l10n.filterApply)),
        ],
      ),
    );
  }
}

/// A group of chips of which one is chosen.
class _Choices<T> extends StatelessWidget {
  const _Choices({
    required this.title,
    required this.names,
    required this.chosen,
    required this.onChosen,
  });

  final String title;
  final Map<T, String> names;
  final T chosen;
  final void Function(T) onChosen;

  @override
  Widget build(BuildContext context) => Padding(
        padding: const EdgeInsets.only(top: 16),
        child: Column(
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            Semantics(
              header: true,
              child: Text(title, style: Theme.of(context).textTheme.titleSmall),
            ),
            const SizedBox(height: 4),
            Wrap(
              spacing: 8,
              runSpacing: 4,
              children: [
                for (final MapEntry(:key, :value) in names.entries)
                  ChoiceChip(
                    label: Text(value),
                    selected: key == chosen,
                    onSelected: (_) => onChosen(key),
                  ),
              ],
            ),
          ],
        ),
      );
}
