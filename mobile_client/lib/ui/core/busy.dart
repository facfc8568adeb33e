import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';

/// The main button of a form; while [busy] it turns and cannot be pressed.
class BusyButton extends StatelessWidget {
  const BusyButton({
    super.key,
    required this.label,
    required this.busy,
    required this.onPressed,
  });

  final String label;
  final bool busy;
  final VoidCallback? onPressed;

  @override
  Widget build(BuildContext context) => FilledButton(
        onPressed: busy ? null : onPressed,
        style: FilledButton.styleFrom(minimumSize: const Size(64, 48)),
        child: Row(
          mainAxisAlignment: MainAxisAlignment.center,
          mainAxisSize: MainAxisSize.min,
          children: [
            if (busy) ...[const SmallSpinner(), const SizedBox(width: 12)],
            Flexible(child: Text(label, textAlign: TextAlign.center)),
          ],
        ),
      );
}

/// A spinner as high as a line of text.
class SmallSpinner extends StatelessWidget {
  const SmallSpinner({super.key});

  @override
  Widget build(BuildContext context) => SizedBox.square(
        dimension: 20,
        child: CircularProgressIndicator(
          strokeWidth: 2.5,
          semanticsLabel: AppLocalizations.of(context).loading,
        ),
      );
}

/// A spinner in the middle of nothing yet.
class LoadingView extends StatelessWidget {
  const LoadingView({super.key});

  @override
  Widget build(BuildContext context) => Center(
        child: Padding(
          padding: const EdgeInsets.all(24),
          child: CircularProgressIndicator(
            semanticsLabel: AppLocalizations.of(context).loading,
          ),
        ),
      );
}
