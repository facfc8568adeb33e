import 'dart:async';

import 'package:flutter/material.dart';

import '../../dependencies.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../platform/device_services.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/confirm.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import '../problems/problems_screen.dart';
import '../server/server_screen.dart';
import 'account_parts.dart';
import 'account_view_model.dart';
import 'change_password_screen.dart';
import 'delete_account_dialog.dart';

/// Everything about the account that is not a photo.
class AccountScreen extends StatefulWidget {
  const AccountScreen({
    super.key,
    required this.dependencies,
    required this.device,
  });

  final Dependencies dependencies;
  final DeviceServices device;

  @override
  State<AccountScreen> createState() => _AccountScreenState();
}

class _AccountScreenState extends State<AccountScreen> {
  Dependencies get _all => widget.dependencies;

  late final AccountViewModel _model = AccountViewModel(
    sessions: _all.sessions,
    models: _all.models,
    settings: _all.settings,
    exports: _all.exports,
    twin: _all.twin,
  );

  late final Future<bool> _hasLock = widget.device.lock.isThere;

  @override
  void initState() {
    super.initState();
    unawaited(_model.model.execute());
  }

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  Future<void> _changePassword() async {
    final l10n = AppLocalizations.of(context);
    final messenger = ScaffoldMessenger.of(context);
    final changed = await Navigator.push(
      context,
      MaterialPageRoute<bool>(
        builder: (context) => ChangePasswordScreen(sessions: _all.sessions),
      ),
    );
    if (changed != true) return;
    messenger.showSnackBar(SnackBar(content: Text(l10n.passwordChanged)));
  }

  /// Another server ends the session, which leads away from here.
  Future<void> _changeServer() => Navigator.push(
        context,
        MaterialPageRoute<void>(
          builder: (context) => ServerScreen(
            sessions: _all.sessions,
            scanner: widget.device.scanner,
            onConnected: () =>
                Navigator.of(context).popUntil((route) => route.isFirst),
          ),
        ),
      );

  Future<void> _showProblems() => Navigator.push(
        context,
        MaterialPageRoute<void>(
          builder: (context) =>
              ProblemsScreen(log: _all.problems, share: widget.device.share),
        ),
      );

  Future<void> _signOut() async {
    final l10n = AppLocalizations.of(context);
    final sure = await confirm(
      context,
      title: l10n.signOutTitle,
      body: l10n.signOutBody,
      action: l10n.signOut,
    );
    if (sure) await _model.signOut.execute();
  }

  Future<void> _signOutEverywhere() async {
    final l10n = AppLocalizations.of(context);
    final sure = await confirm(
      context,
      title: l10n.signOutEverywhereTitle,
      body: l10n.signOutEverywhereBody,
      action: l10n.signOutEverywhere,
    );
    if (sure) await _model.signOutEverywhere.execute();
  }

  Future<void> _deleteAccount() async {
    final sure = await confirmDeletion(context, username: _model.username);
    if (sure) await _model.deleteAccount.execute();
  }

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(l10n.accountTitle)),
      body: SafeArea(
        child: ListenableBuilder(
          listenable: _model,
          builder: (context, _) => TwoColumns(
            column: _column,
            first: [
              ..._failureOf(_model.keepChoice),
              ListTile(
                leading: const Icon(Icons.person_outline),
                title: Text(l10n.signedInAs(_model.username)),
              ),
              SettingsSection(_model),
              ServerSection(_model, onChange: _changeServer),
            ],
            second: [..._security(l10n), ..._data(l10n)],
          ),
        ),
      ),
    );
  }

  Widget _column(List<Widget> children) => ReadableWidth(
        child: ListView(
          padding: const EdgeInsets.symmetric(vertical: 8),
          children: children,
        ),
      );

  /// Why an action failed, beside it: the list is longer than the display.
  List<Widget> _failureOf(Command<Object?> action) => [
        if (action.error case final error?)
          Padding(
            padding: const EdgeInsets.fromLTRB(16, 8, 16, 8),
            child: ErrorCard.failure(context, error),
          ),
      ];

  List<Widget> _security(AppLocalizations l10n) {
    final isFree = !_model.isBusy;
    return [
      SectionTitle(l10n.sectionSecurity),
      FutureBuilder<bool>(
        future: _hasLock,
        builder: (context, there) => SwitchListTile(
          value: _model.settings.isLocked,
          onChanged: there.data ?? false
              ? (value) =>
                  _model.change(_model.settings.copyWith(isLocked: value))
              : null,
          title: Text(l10n.lockTitle),
          subtitle: Text(there.data == false ? l10n.lockMissing : l10n.lockBody),
        ),
      ),
      ActionTile(
        icon: Icons.password,
        title: l10n.changePassword,
        onTap: isFree ? _changePassword : null,
      ),
      ActionTile(
        icon: Icons.logout,
        title: l10n.signOut,
        isBusy: _model.signOut.running,
        onTap: isFree ? _signOut : null,
      ),
      ..._failureOf(_model.signOut),
      ActionTile(
        icon: Icons.phonelink_erase,
        title: l10n.signOutEverywhere,
        isBusy: _model.signOutEverywhere.running,
        onTap: isFree ? _signOutEverywhere : null,
      ),
      ..._failureOf(_model.signOutEverywhere),
    ];
  }

  List<Widget> _data(AppLocalizations l10n) {
    final isFree = !_model.isBusy;
    return [
      SectionTitle(l10n.sectionData),
      ActionTile(
        icon: Icons.download,
        title: l10n.exportData,
        body:
            _model.export.running ? l10n.exportRunning : l10n.exportDataBody,
        isBusy: _model.export.running,
        onTap: isFree ? _model.export.execute : null,
      ),
      ..._failureOf(_model.export),
      if (_model.export.result case Ok(value: final file))
        Padding(
          padding: const EdgeInsets.fromLTRB(16, 0, 16, 8),
          child: Column(
            crossAxisAlignment: CrossAxisAlignment.start,
            children: [
              NoticeCard(icon: Icons.check, text: l10n.exportSaved),
              TextButton.icon(
                onPressed: () => widget.device.share.file(file),
                icon: const Icon(Icons.share_outlined),
                label: Text(l10n.exportShare),
              ),
            ],
          ),
        ),
      ActionTile(
        icon: Icons.bug_report_outlined,
        title: l10n.problemsTitle,
        onTap: _showProblems,
      ),
      ActionTile(
        icon: Icons.delete_forever_outlined,
        title: l10n.deleteAccount,
        body: l10n.deleteAccountBody,
        isBusy: _model.deleteAccount.running,
        isDangerous: true,
        onTap: isFree ? _deleteAccount : null,
      ),
      ..._failureOf(_model.deleteAccount),
    ];
  }
}
