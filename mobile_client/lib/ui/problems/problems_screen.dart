import 'package:flutter/material.dart';

import '../../data/problem_log.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../platform/share_sheet.dart';
import '../core/formats.dart';
import '../core/layout.dart';
import '../core/observable_builder.dart';

/// What went wrong in the app itself, to be read and sent.
class ProblemsScreen extends StatelessWidget {
  const ProblemsScreen({super.key, required this.log, required this.share});

  final ProblemLog log;
  final ShareSheet share;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(l10n.problemsTitle)),
      body: SafeArea(
        child: ObservableBuilder<List<AppProblem>>(
          observable: log.problems,
          builder: (context, problems) => ScrollingColumn(
            children: [
              Text(l10n.problemsBody),
              if (problems.isEmpty)
                Text(l10n.problemsNone)
              else ...[
                FilledButton.icon(
                  onPressed: () => share.text(log.report),
                  icon: const Icon(Icons.share_outlined),
                  label: Text(l10n.problemsShare),
                ),
                OutlinedButton.icon(
                  onPressed: log.clear,
                  icon: const Icon(Icons.delete_outline),
                  label: Text(l10n.problemsForget),
                ),
                for (final problem in problems) _ProblemTile(problem),
              ],
            ],
          ),
        ),
      ),
    );
  }
}

class _ProblemTile extends StatelessWidget {
  const _ProblemTile(this.problem);

  final AppProblem problem;

  @override
  Widget build(BuildContext context) => ListTile(
        contentPadding: EdgeInsets.zero,
        title: Text(problem.what, maxLines: 4, overflow: TextOverflow.ellipsis),
        subtitle: Text(formatMoment(context, problem.at)),
      );
}
