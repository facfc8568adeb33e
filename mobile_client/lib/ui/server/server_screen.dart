import 'package:flutter/material.dart';

import '../../data/api/api_exception.dart';
import '../../data/server_address.dart';
import '../../data/session_repository.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../platform/code_scanner.dart';
import '../../utils/result.dart';
import '../core/busy.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import '../pairing/pairing_screen.dart';
import 'certificate_dialog.dart';
import 'server_help.dart';
import 'server_view_model.dart';

/// Asks for the server's address.
class ServerScreen extends StatefulWidget {
  const ServerScreen({
    super.key,
    required this.sessions,
    required this.scanner,
    this.onConnected,
  });

  final SessionRepository sessions;
  final CodeScanner scanner;

  /// Called when a server was found and is remembered.
  final VoidCallback? onConnected;

  @override
  State<ServerScreen> createState() => _ServerScreenState();
}

class _ServerScreenState extends State<ServerScreen> {
  late final ServerViewModel _model = ServerViewModel(widget.sessions);
  late final TextEditingController _address =
      TextEditingController(text: _model.typed);

  @override
  void dispose() {
    _address.dispose();
    _model.dispose();
    super.dispose();
  }

  Future<void> _connect() async {
    await _model.submit();
    if (!mounted) return;
    final untrusted = _model.untrusted;
    if (untrusted != null) await _ask(untrusted);
    if (mounted && _model.connect.result is Ok<void>) {
      widget.onConnected?.call();
    }
  }

  Future<void> _scan() => Navigator.push(
        context,
        MaterialPageRoute<void>(
          builder: (context) => PairingScreen(
            sessions: widget.sessions,
            scanner: widget.scanner,
          ),
        ),
      );

  Future<void> _useAgain(Uri server) {
    _address.text = '$server';
    _model.typed = _address.text;
    return _connect();
  }

  Future<void> _ask(UntrustedCertificateException untrusted) async {
    if (await showCertificateDialog(context, untrusted)) {
      await _model.trust(untrusted);
    }
  }

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(l10n.serverTitle)),
      body: SafeArea(
        child: ListenableBuilder(
          listenable: _model,
          builder: (context, _) {
            final busy = _model.connect.running;
            final problem = _model.problem;
            final error = _model.connect.error;
            final isMistake = problem == AddressProblem.empty ||
                problem == AddressProblem.notAnAddress;
            return TwoColumns(
              first: [
                Text(l10n.serverIntro),
                OutlinedButton.icon(
                  onPressed: busy ? null : _scan,
                  icon: const Icon(Icons.qr_code_scanner),
                  label: Text(l10n.pairScan),
                ),
                TextField(
                  controller: _address,
                  enabled: !busy,
                  onChanged: (text) => _model.typed = text,
                  onSubmitted: (_) => _connect(),
                  keyboardType: TextInputType.url,
                  textInputAction: TextInputAction.go,
                  autocorrect: false,
                  enableSuggestions: false,
                  decoration: InputDecoration(
                    labelText: l10n.serverAddress,
                    hintText: l10n.serverAddressExample,
                    // The example is there before one types.
                    floatingLabelBehavior: FloatingLabelBehavior.always,
                    errorText: isMistake ? _wordsFor(l10n, problem) : null,
                    helperText: isMistake ? null : _wordsFor(l10n, problem),
                  ),
                ),
                if (error != null && !busy) ErrorCard.failure(context, error),
                BusyButton(
                  label: l10n.serverConnect,
                  busy: busy,
                  onPressed: _connect,
                ),
              ],
              second: [
                if (_model.known.isNotEmpty)
                  Semantics(
                    header: true,
                    child: Text(
                      l10n.serversKnown,
                      style: Theme.of(context).textTheme.titleMedium,
                    ),
                  ),
                for (final server in _model.known)
                  ListTile(
                    contentPadding: EdgeInsets.zero,
                    leading: const Icon(Icons.history),
                    title: Text('$server'),
                    onTap: busy ? null : () => _useAgain(server),
                  ),
                const ServerHelp(),
              ],
            );
          },
        ),
      ),
    );
  }

  String? _wordsFor(AppLocalizations l10n, AddressProblem? problem) =>
      switch (problem) {
        null => null,
        AddressProblem.empty => l10n.addressEmpty,
        AddressProblem.notAnAddress => l10n.addressInvalid,
        AddressProblem.localhostMeansPhone => l10n.addressLocalhost,
        AddressProblem.insecureRemote => l10n.addressInsecure,
      };
}
