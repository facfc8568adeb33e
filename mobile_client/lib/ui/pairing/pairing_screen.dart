import 'package:flutter/material.dart';
import 'package:flutter/services.dart';

import '../../data/session_repository.dart';
import '../../domain/session.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../platform/code_scanner.dart';
import '../core/busy.dart';
import '../core/error_messages.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import 'pairing_view_model.dart';
import 'replace_question.dart';

/// Reads a server's code with the camera or from the clipboard, and signs in
/// with it; the session that begins leads away from here.
class PairingScreen extends StatefulWidget {
  const PairingScreen({
    super.key,
    required this.sessions,
    required this.scanner,
  });

  final SessionRepository sessions;
  final CodeScanner scanner;

  @override
  State<PairingScreen> createState() => _PairingScreenState();
}

class _PairingScreenState extends State<PairingScreen> {
  late final PairingViewModel _model =
      PairingViewModel(widget.sessions, ask: _ask);

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  Future<bool> _ask(Session current, Uri next) async =>
      mounted && await askToReplace(context, current, next);

  Future<void> _paste() async {
    final copied = await Clipboard.getData(Clipboard.kTextPlain);
    _model.again();
    await _model.take(copied?.text ?? '');
  }

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(l10n.pairTitle)),
      body: SafeArea(
        child: ListenableBuilder(
          listenable: _model,
          builder: (context, _) => TwoColumns(
            first: [
              Text(l10n.pairIntro),
              if (_model.isNone)
                ErrorCard(ErrorWords(l10n.pairNotOne, l10n.pairNotOneAdvice)),
              if (_model.pair.error case final error?)
                ErrorCard.failure(
                  context,
                  error,
                  onClose: _model.again,
                ),
            ],
            second: [
              AspectRatio(
                aspectRatio: 1,
                child: ClipRRect(
                  borderRadius: BorderRadius.circular(16),
                  child: _model.pair.running || _model.isPaired
                      ? const LoadingView()
                      : widget.scanner.build(
                          onCode: _model.take,
                          onFailure: Center(
                            child: Padding(
                              padding: const EdgeInsets.all(16),
                              child: Text(
                                l10n.pairCameraFailed,
                                textAlign: TextAlign.center,
                              ),
                            ),
                          ),
                        ),
                ),
              ),
              OutlinedButton.icon(
                onPressed: _model.pair.running ? null : _paste,
                icon: const Icon(Icons.content_paste),
                label: Text(l10n.pairPaste),
              ),
            ],
          ),
        ),
      ),
    );
  }
}
