import 'package:flutter/material.dart';

import '../../domain/prediction.dart';
import '../core/formats.dart';

/// A row of the history.
sealed class HistoryRow {
  const HistoryRow();
}

/// The day of the photos below, in the phone's time zone.
final class DayRow extends HistoryRow {
  const DayRow(this.day);

  final DateTime day;
}

/// A photo.
final class PredictionRow extends HistoryRow {
  const PredictionRow(this.prediction);

  final Prediction prediction;
}

/// The rows for [predictions], with a row before each day if [byDay].
List<HistoryRow> historyRows(
  List<Prediction> predictions, {
  required bool byDay,
}) {
  DateTime? last;
  return [
    for (final prediction in predictions) ...[
      if (byDay && dayOf(prediction.createdAt) != last)
        DayRow(last = dayOf(prediction.createdAt)),
      PredictionRow(prediction),
    ],
  ];
}

/// The headline of a day.
class DayHeader extends StatelessWidget {
  const DayHeader(this.day, {super.key});

  final DateTime day;

  @override
  Widget build(BuildContext context) {
    final theme = Theme.of(context);
    return Padding(
      padding: const EdgeInsets.fromLTRB(16, 16, 16, 4),
      child: Semantics(
        header: true,
        child: Text(
          formatDay(context, day),
          style: theme.textTheme.titleSmall
              ?.copyWith(color: theme.colorScheme.primary),
        ),
      ),
    );
  }
}
