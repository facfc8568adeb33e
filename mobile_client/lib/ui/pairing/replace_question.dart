import 'package:flutter/widgets.dart';

import '../../domain/session.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/confirm.dart';

/// Asks whether a code for the server [next] may end the session [current];
/// true for yes.
Future<bool> askToReplace(BuildContext context, Session current, Uri next) {
  final l10n = AppLocalizations.of(context);
  return confirm(
    context,
    title: l10n.pairReplaceTitle('$next'),
    body: l10n.pairReplaceBody(
      '${current.server}',
      current.user.username,
      '$next',
    ),
    action: l10n.pairReplaceConfirm,
  );
}
