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

/// A wait in words: seconds while they are few, else minutes.
String formatWait(AppLocalizations l10n, Duration wait) {
  final seconds = (wait.inMilliseconds / 1000).ceil();
  return seconds < 90
      ? l10n.durationSeconds(seconds < 1 ? 1 : seconds)
      : l10n.durationMinutes((seconds / 60).ceil());
}
