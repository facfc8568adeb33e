import 'package:flutter/material.dart';

import '../../data/password_reset.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/busy.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import '../core/password_field.dart';
import 'password_reset_view_model.dart';

/// The way back to a forgotten password; it is popped with true when a new
/// one is set.
class PasswordResetScreen extends StatefulWidget {
  const PasswordResetScreen({super.key, required this.reset});

  final PasswordReset reset;

  @override
  State<PasswordResetScreen> createState() => _PasswordResetScreenState();
}

class _PasswordResetScreenState extends State<PasswordResetScreen> {
  late final PasswordResetViewModel _model =
      PasswordResetViewModel(widget.reset);
  final TextEditingController _email = TextEditingController();
  final TextEditingController _code = TextEditingController();
  final TextEditingController _next = TextEditingController();

  @override
  void dispose() {
    _email.dispose();
    _code.dispose();
    _next.dispose();
    _model.dispose();
    super.dispose();
  }

  Future<void> _send() {
    _model.email = _email.text;
    return _model.send();
  }

  Future<void> _save() async {
    _model
      ..code = _code.text
      ..next = _next.text;
    if (await _model.save() && mounted) Navigator.pop(context, true);
  }

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(l10n.resetTitle)),
      body: SafeArea(
        child: ListenableBuilder(
          listenable: _model,
          builder: (context, _) => ScrollingColumn(
            children: [
              ..._model.isSecondStep ? _second(l10n) : _first(l10n),
            ],
          ),
        ),
      ),
    );
  }

  List<Widget> _first(AppLocalizations l10n) => [
        Text(l10n.resetIntro),
        TextField(
          controller: _email,
          enabled: !_model.isBusy,
          keyboardType: TextInputType.emailAddress,
          autofillHints: const [AutofillHints.email],
          autocorrect: false,
          onSubmitted: (_) => _send(),
          decoration: InputDecoration(
            labelText: l10n.resetEmail,
            errorText: _model.lacksEmail ? l10n.resetEmailEmpty : null,
          ),
        ),
        if (_model.request.error case final error?)
          ErrorCard.failure(context, error),
        BusyButton(
          label: l10n.resetSend,
          busy: _model.isBusy,
          onPressed: _send,
        ),
      ];

  List<Widget> _second(AppLocalizations l10n) => [
        NoticeCard(
          icon: Icons.mail_outline,
          text: l10n.resetSent(_model.email.trim()),
        ),
        TextField(
          controller: _code,
          enabled: !_model.isBusy,
          autocorrect: false,
          enableSuggestions: false,
          autofillHints: const [AutofillHints.oneTimeCode],
          textInputAction: TextInputAction.next,
          decoration: InputDecoration(
            labelText: l10n.resetCode,
            errorText: _model.lacksCode ? l10n.resetCodeEmpty : null,
          ),
        ),
        PasswordField(
          controller: _next,
          label: l10n.newPassword,
          isNew: true,
          enabled: !_model.isBusy,
          errorText: _model.lacksPassword ? l10n.newPasswordEmpty : null,
          onSubmitted: _save,
        ),
        for (final error in [_model.confirm.error, _model.request.error])
          if (error != null) ErrorCard.failure(context, error),
        BusyButton(
          label: l10n.resetSave,
          busy: _model.isBusy,
          onPressed: _save,
        ),
        TextButton(
          onPressed: _model.isBusy ? null : _send,
          child: Text(l10n.resetAgain),
        ),
      ];
}
