import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';

/// A field for a password, which can be made visible.
class PasswordField extends StatefulWidget {
  const PasswordField({
    super.key,
    required this.controller,
    required this.label,
    this.errorText,
    this.isNew = false,
    this.enabled = true,
    this.onSubmitted,
  });

  final TextEditingController controller;
  final String label;
  final String? errorText;

  /// Whether password stores should offer to make one.
  final bool isNew;
  final bool enabled;
  final VoidCallback? onSubmitted;

  @override
  State<PasswordField> createState() => _PasswordFieldState();
}

class _PasswordFieldState extends State<PasswordField> {
  bool _isHidden = true;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final onSubmitted = widget.onSubmitted;
    return TextField(
      controller: widget.controller,
      enabled: widget.enabled,
      obscureText: _isHidden,
      autocorrect: false,
      enableSuggestions: false,
      autofillHints: [
        widget.isNew ? AutofillHints.newPassword : AutofillHints.password,
      ],
      textInputAction:
          onSubmitted == null ? TextInputAction.next : TextInputAction.done,
      onSubmitted: onSubmitted == null ? null : (_) => onSubmitted(),
      decoration: InputDecoration(
        labelText: widget.label,
        errorText: widget.errorText,
        suffixIcon: IconButton(
          onPressed: () => setState(() => _isHidden = !_isHidden),
          tooltip: _isHidden ? l10n.showPassword : l10n.hidePassword,
          icon: Icon(_isHidden ? Icons.visibility : Icons.visibility_off),
        ),
      ),
    );
  }
}
