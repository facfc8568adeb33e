import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';
import '../../platform/app_lock.dart';
import '../core/messages.dart';

/// Shows [child] only to who unlocks it, each time that the app is opened.
/// Behind the lock it stays as it was, and photos that come in are taken.
class LockGate extends StatefulWidget {
  const LockGate({
    super.key,
    required this.isOn,
    required this.lock,
    required this.child,
  });

  /// Whether the user wants it.
  final bool isOn;
  final AppLock lock;
  final Widget child;

  @override
  State<LockGate> createState() => LockGateState();
}

class LockGateState extends State<LockGate> {
  late bool _isLocked = widget.isOn;
  bool _isAsking = false;

  @override
  void initState() {
    super.initState();
    if (_isLocked) {
      WidgetsBinding.instance.addPostFrameCallback((_) => _unlock());
    }
  }

  /// Locks it, if the user wants that; the app went out of sight.
  void close() {
    if (!widget.isOn || _isAsking || !mounted) return;
    setState(() => _isLocked = true);
  }

  Future<void> _unlock() async {
    if (_isAsking || !mounted) return;
    _isAsking = true;
    final reason = AppLocalizations.of(context).lockReason;
    var isUnlocked = false;
    try {
      isUnlocked = await widget.lock.unlock(reason);
    } finally {
      _isAsking = false;
    }
    if (mounted && isUnlocked) setState(() => _isLocked = false);
  }

  @override
  Widget build(BuildContext context) {
    final isShut = _isLocked && widget.isOn;
    return Stack(
      fit: StackFit.expand,
      children: [
        Offstage(
          offstage: isShut,
          child: ExcludeFocus(
            excluding: isShut,
            child: TickerMode(enabled: !isShut, child: widget.child),
          ),
        ),
        if (isShut) _lock(context),
      ],
    );
  }

  Widget _lock(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      body: SafeArea(
        child: Center(
          child: SingleChildScrollView(
            child: MessageView(
              icon: Icons.lock_outline,
              title: l10n.lockedTitle,
              body: l10n.lockReason,
              actionLabel: l10n.lockAction,
              onAction: _unlock,
            ),
          ),
        ),
      ),
    );
  }
}
