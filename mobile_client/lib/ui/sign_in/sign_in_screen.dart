import 'package:flutter/material.dart';

import '../../data/password_reset.dart';
import '../../data/session_repository.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../platform/code_scanner.dart';
import '../core/busy.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import '../core/password_field.dart';
import '../password_reset/password_reset_screen.dart';
import '../server/server_screen.dart';
import 'sign_in_view_model.dart';

/// The way into an account.
class SignInScreen extends StatefulWidget {
  const SignInScreen({
    super.key,
    required this.sessions,
    required this.scanner,
  });

  final SessionRepository sessions;
  final CodeScanner scanner;

  @override
  State<SignInScreen> createState() => _SignInScreenState();
}

class _SignInScreenState extends State<SignInScreen> {
  late final SignInViewModel _model = SignInViewModel(widget.sessions);
  final TextEditingController _username = TextEditingController();
  final TextEditingController _password = TextEditingController();
  final TextEditingController _email = TextEditingController();
  final TextEditingController _code = TextEditingController();

  @override
  void dispose() {
    _username.dispose();
    _password.dispose();
    _email.dispose();
    _code.dispose();
    _model.dispose();
    super.dispose();
  }

  Future<void> _submit() {
    _model
      ..username = _username.text
      ..password = _password.text
      ..email = _email.text
      ..code = _code.text;
    return _model.submit();
  }

  Future<void> _resetPassword() async {
    final l10n = AppLocalizations.of(context);
    final messenger = ScaffoldMessenger.of(context);
    final isSet = await Navigator.push(
      context,
      MaterialPageRoute<bool>(
        builder: (context) =>
            PasswordResetScreen(reset: PasswordReset(widget.sessions)),
      ),
    );
    if (isSet != true) return;
    messenger.showSnackBar(SnackBar(content: Text(l10n.resetDone)));
  }

  Future<void> _changeServer() async {
    await Navigator.push(
      context,
      MaterialPageRoute<void>(
        builder: (context) => ServerScreen(
          sessions: widget.sessions,
          scanner: widget.scanner,
          onConnected: () =>
              Navigator.of(context).popUntil((route) => route.isFirst),
        ),
      ),
    );
    if (mounted) setState(() {});
  }

  @override
  Widget build(BuildContext context) => ListenableBuilder(
        listenable: _model,
        builder: (context, _) {
          final l10n = AppLocalizations.of(context);
          final registers = _model.registers;
          return Scaffold(
            appBar: AppBar(
              title: Text(registers ? l10n.registerTitle : l10n.signInTitle),
            ),
            body: SafeArea(
              child: AutofillGroup(
                child: TwoColumns(
                  first: [
                    if (_model.endedByServer)
                      NoticeCard(icon: Icons.logout, text: l10n.sessionEnded),
                    ..._fields(l10n),
                    if (_model.submitted.error case final error?)
                      ErrorCard.failure(context, error),
                    BusyButton(
                      label:
                          registers ? l10n.registerAction : l10n.signInAction,
                      busy: _model.submitted.running,
                      onPressed: _submit,
                    ),
                  ],
                  second: [
                    TextButton(
                      onPressed:
                          _model.submitted.running ? null : _model.toggle,
                      child: Text(
                        registers ? l10n.toSignIn : l10n.toRegister,
                        textAlign: TextAlign.center,
                      ),
                    ),
                    if (!registers)
                      TextButton(
                        onPressed:
                            _model.submitted.running ? null : _resetPassword,
                        child: Text(l10n.forgotPassword),
                      ),
                    const Divider(),
                    Text(
                      l10n.serverInUse('${_model.server ?? ''}'),
                      textAlign: TextAlign.center,
                    ),
                    OutlinedButton(
                      onPressed: _changeServer,
                      child: Text(l10n.changeServer),
                    ),
                  ],
                ),
              ),
            ),
          );
        },
      );

  List<Widget> _fields(AppLocalizations l10n) {
    final enabled = !_model.submitted.running;
    return [
      TextField(
        controller: _username,
        enabled: enabled,
        autocorrect: false,
        enableSuggestions: false,
        textInputAction: TextInputAction.next,
        autofillHints: [
          _model.registers ? AutofillHints.newUsername : AutofillHints.username,
        ],
        decoration: InputDecoration(
          labelText: l10n.username,
          errorText: _model.lacksUsername ? l10n.usernameEmpty : null,
        ),
      ),
      if (_model.registers)
        TextField(
          controller: _email,
          enabled: enabled,
          keyboardType: TextInputType.emailAddress,
          textInputAction: TextInputAction.next,
          autofillHints: const [AutofillHints.email],
          decoration: InputDecoration(labelText: l10n.emailOptional),
        ),
      PasswordField(
        controller: _password,
        label: l10n.password,
        isNew: _model.registers,
        enabled: enabled,
        errorText: _model.lacksPassword ? l10n.passwordEmpty : null,
        onSubmitted: _submit,
      ),
      if (_model.needsCode)
        TextField(
          controller: _code,
          enabled: enabled,
          autocorrect: false,
          enableSuggestions: false,
          autofillHints: const [AutofillHints.oneTimeCode],
          onSubmitted: (_) => _submit(),
          decoration: InputDecoration(labelText: l10n.secondFactorCode),
        ),
    ];
  }
}
