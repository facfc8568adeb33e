import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';

/// A moment as people write it, in their own time zone.
String formatMoment(BuildContext context, DateTime moment) {
  final local = moment.toLocal();
  return AppLocalizations.of(context).momentOf(
    MaterialLocalizations.of(context).formatShortDate(local),
    TimeOfDay.fromDateTime(local).format(context),
  );
}

/// The day of a moment, in the phone's time zone.
DateTime dayOf(DateTime moment) {
  final local = moment.toLocal();
  return DateTime(local.year, local.month, local.day);
}

/// A day as people say it.
String formatDay(BuildContext context, DateTime day) {
  final l10n = AppLocalizations.of(context);
  final today = dayOf(DateTime.now());
  final names = MaterialLocalizations.of(context);
  if (day == today) return l10n.historyToday;
  if (day == DateTime(today.year, today.month, today.day - 1)) {
    return l10n.historyYesterday;
  }
  return day.year == today.year
      ? names.formatMediumDate(day)
      : names.formatFullDate(day);
}

/// The time of the day.
String formatTime(BuildContext context, DateTime moment) =>
    TimeOfDay.fromDateTime(moment.toLocal()).format(context);

/// A wait in words: seconds while they are few, else minutes.
String formatWait(AppLocalizations l10n, Duration wait) {
  final seconds = (wait.inMilliseconds / 1000).ceil();
  return seconds < 90
      ? l10n.durationSeconds(seconds < 1 ? 1 : seconds)
      : l10n.durationMinutes((seconds / 60).ceil());
}
