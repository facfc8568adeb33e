import 'dart:async';

import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';
import '../core/formats.dart';

/// Counts the seconds to the next try, until it is time.
class Countdown extends StatefulWidget {
  const Countdown(this.to, {super.key});

  final DateTime to;

  @override
  State<Countdown> createState() => _CountdownState();
}

class _CountdownState extends State<Countdown> {
  Timer? _second;

  @override
  void initState() {
    super.initState();
    _second = Timer.periodic(
      const Duration(seconds: 1),
      (_) => setState(() {}),
    );
  }

  @override
  void dispose() {
    _second?.cancel();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) {
    final left = widget.to.difference(DateTime.now());
    if (left <= Duration.zero) return const SizedBox.shrink();
    final l10n = AppLocalizations.of(context);
    return Padding(
      padding: const EdgeInsets.only(top: 8),
      child: Text(l10n.uploadNextTry(formatWait(l10n, left))),
    );
  }
}
