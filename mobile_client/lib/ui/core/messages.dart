import 'package:flutter/material.dart';

import '../../data/api/api_exception.dart';
import '../../l10n/generated/app_localizations.dart';
import 'error_messages.dart';

/// A screen without content: why, and what can be done.
class MessageView extends StatelessWidget {
  const MessageView({
    super.key,
    required this.icon,
    required this.title,
    required this.body,
    this.actionLabel,
    this.onAction,
    this.isError = false,
  });

  /// [failure] with a button to try again.
  factory MessageView.failure(
    BuildContext context,
    ApiException failure, {
    Key? key,
    VoidCallback? onRetry,
  }) {
    final l10n = AppLocalizations.of(context);
    final words = wordsForFailure(l10n, failure);
    return MessageView(
      key: key,
      icon: Icons.error_outline,
      title: words.what,
      body: words.advice,
      actionLabel: onRetry == null ? null : l10n.retry,
      onAction: onRetry,
      isError: true,
    );
  }

  final IconData icon;
  final String title;
  final String body;
  final String? actionLabel;
  final VoidCallback? onAction;
  final bool isError;

  @override
  Widget build(BuildContext context) {
    final theme = Theme.of(context);
    final label = actionLabel;
    return Padding(
      padding: const EdgeInsets.all(24),
      child: Column(
        mainAxisSize: MainAxisSize.min,
        children: [
          Icon(
            icon,
            size: 56,
            color: isError
                ? theme.colorScheme.error
                : theme.colorScheme.onSurfaceVariant,
          ),
          const SizedBox(height: 16),
          Semantics(
            liveRegion: isError,
            container: true,
            child: Column(
              children: [
                Text(
                  title,
                  style: theme.textTheme.titleLarge,
                  textAlign: TextAlign.center,
                ),
                const SizedBox(height: 8),
                Text(body, textAlign: TextAlign.center),
              ],
            ),
          ),
          if (label != null) ...[
            const SizedBox(height: 16),
            FilledButton(onPressed: onAction, child: Text(label)),
          ],
        ],
      ),
    );
  }
}

/// A failure beside what it is about; it is read out when it appears.
class ErrorCard extends StatelessWidget {
  const ErrorCard(this.words, {super.key, this.onClose});

  /// The words for [failure].
  factory ErrorCard.failure(
    BuildContext context,
    ApiException failure, {
    Key? key,
    VoidCallback? onClose,
  }) =>
      ErrorCard(
        wordsForFailure(AppLocalizations.of(context), failure),
        key: key,
        onClose: onClose,
      );

  final ErrorWords words;
  final VoidCallback? onClose;

  @override
  Widget build(BuildContext context) {
    final theme = Theme.of(context);
    final color = theme.colorScheme.onErrorContainer;
    return Card(
      color: theme.colorScheme.errorContainer,
      margin: EdgeInsets.zero,
      child: Padding(
        padding: const EdgeInsets.all(12),
        child: Row(
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            Icon(Icons.error_outline, color: color),
            const SizedBox(width: 12),
            Expanded(
              child: Semantics(
                liveRegion: true,
                container: true,
                child: Column(
                  crossAxisAlignment: CrossAxisAlignment.start,
                  children: [
                    Text(
                      words.what,
                      style: theme.textTheme.titleSmall?.copyWith(color: color),
                    ),
                    const SizedBox(height: 4),
                    Text(
                      words.advice,
                      style: theme.textTheme.bodyMedium?.copyWith(color: color),
                    ),
                  ],
                ),
              ),
            ),
            if (onClose != null)
              IconButton(
                onPressed: onClose,
                icon: Icon(Icons.close, color: color),
                tooltip: AppLocalizations.of(context).close,
              ),
          ],
        ),
      ),
    );
  }
}

/// A line of text that tells a state, with an icon before it.
class NoticeCard extends StatelessWidget {
  const NoticeCard({super.key, required this.icon, required this.text});

  final IconData icon;
  final String text;

  @override
  Widget build(BuildContext context) {
    final colors = Theme.of(context).colorScheme;
    return Card(
      color: colors.secondaryContainer,
      margin: EdgeInsets.zero,
      child: Padding(
        padding: const EdgeInsets.all(12),
        child: Row(
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            Icon(icon, color: colors.onSecondaryContainer),
            const SizedBox(width: 12),
            Expanded(
              child: Semantics(
                liveRegion: true,
                child: Text(
                  text,
                  style: TextStyle(color: colors.onSecondaryContainer),
                ),
              ),
            ),
          ],
        ),
      ),
    );
  }
}
