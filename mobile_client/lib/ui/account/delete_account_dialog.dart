import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';

/// Asks for the user name before everything is deleted; true if it was typed.
Future<bool> confirmDeletion(
  BuildContext context, {
  required String username,
}) async =>
    await showDialog<bool>(
      context: context,
      builder: (context) => DeleteAccountDialog(username: username),
    ) ??
    false;

/// The last question before an account is gone.
class DeleteAccountDialog extends StatefulWidget {
  const DeleteAccountDialog({super.key, required this.username});

  final String username;

  @override
  State<DeleteAccountDialog> createState() => _DeleteAccountDialogState();
}

class _DeleteAccountDialogState extends State<DeleteAccountDialog> {
  bool _isTyped = false;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final colors = Theme.of(context).colorScheme;
    return AlertDialog(
      scrollable: true,
      // The buttons do not scroll, and a keyboard leaves little for them.
      insetPadding: const EdgeInsets.symmetric(horizontal: 40, vertical: 8),
      icon: const Icon(Icons.warning_amber),
      title: Text(l10n.deleteAccountTitle),
      content: Column(
        crossAxisAlignment: CrossAxisAlignment.stretch,
        children: [
          Text(l10n.deleteAccountWarning(widget.username)),
          const SizedBox(height: 16),
          TextField(
            onChanged: (text) =>
                setState(() => _isTyped = text.trim() == widget.username),
            autocorrect: false,
            enableSuggestions: false,
            decoration: InputDecoration(labelText: l10n.username),
          ),
        ],
      ),
      actions: [
        TextButton(
          onPressed: () => Navigator.pop(context, false),
          child: Text(l10n.cancel),
        ),
        FilledButton(
          onPressed: _isTyped ? () => Navigator.pop(context, true) : null,
          style: FilledButton.styleFrom(
            backgroundColor: colors.error,
            foregroundColor: colors.onError,
          ),
          child: Text(l10n.deleteAccountConfirm),
        ),
      ],
    );
  }
}
