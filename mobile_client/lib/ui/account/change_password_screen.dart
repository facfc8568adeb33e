import 'package:flutter/material.dart';

import '../../data/session_repository.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../utils/result.dart';
import '../core/busy.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import '../core/password_field.dart';
import 'change_password_view_model.dart';

/// Asks for the old and the new password; it is popped with true when the
/// password was changed.
class ChangePasswordScreen extends StatefulWidget {
  const ChangePasswordScreen({super.key, required this.sessions});

  final SessionRepository sessions;

  @override
  State<ChangePasswordScreen> createState() => _ChangePasswordScreenState();
}

class _ChangePasswordScreenState extends State<ChangePasswordScreen> {
  late final ChangePasswordViewModel _model =
      ChangePasswordViewModel(widget.sessions);
  final TextEditingController _current = TextEditingController();
  final TextEditingController _next = TextEditingController();
  final TextEditingController _again = TextEditingController();

  @override
  void dispose() {
    _current.dispose();
    _next.dispose();
    _again.dispose();
    _model.dispose();
    super.dispose();
  }

  Future<void> _submit() async {
    _model
      ..current = _current.text
      ..next = _next.text
      ..again = _again.text;
    await _model.submit();
    if (mounted && _model.change.result is Ok<void>) {
      Navigator.pop(context, true);
    }
  }

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(l10n.changePassword)),
      body: SafeArea(
        child: ListenableBuilder(
          listenable: _model,
          builder: (context, _) => AutofillGroup(
            child: ScrollingColumn(
              children: [
                PasswordField(
                  controller: _current,
                  label: l10n.currentPassword,
                  errorText: _model.lacksCurrent ? l10n.passwordEmpty : null,
                ),
                PasswordField(
                  controller: _next,
                  label: l10n.newPassword,
                  isNew: true,
                  errorText: _model.lacksNext ? l10n.newPasswordEmpty : null,
                ),
                PasswordField(
                  controller: _again,
                  label: l10n.newPasswordAgain,
                  isNew: true,
                  errorText: _model.differs ? l10n.passwordsDiffer : null,
                  onSubmitted: _submit,
                ),
                if (_model.change.error case final error?)
                  ErrorCard.failure(context, error),
                BusyButton(
                  label: l10n.changePassword,
                  busy: _model.change.running,
                  onPressed: _submit,
                ),
              ],
            ),
          ),
        ),
      ),
    );
  }
}
