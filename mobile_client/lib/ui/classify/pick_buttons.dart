import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';
import '../../platform/photo_picker.dart';

/// The two ways to a photo, where the thumb is.
class PickButtons extends StatelessWidget {
  const PickButtons(this.onPick, {super.key});

  final void Function(PhotoSource source) onPick;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    const size = Size(64, 48);
    return Padding(
      padding: const EdgeInsets.all(12),
      child: Wrap(
        alignment: WrapAlignment.center,
        spacing: 12,
        runSpacing: 8,
        children: [
          FilledButton.icon(
            onPressed: () => onPick(PhotoSource.camera),
            style: FilledButton.styleFrom(minimumSize: size),
            icon: const Icon(Icons.photo_camera_outlined),
            label: Text(l10n.takePhoto),
          ),
          FilledButton.tonalIcon(
            onPressed: () => onPick(PhotoSource.gallery),
            style: FilledButton.styleFrom(minimumSize: size),
            icon: const Icon(Icons.photo_library_outlined),
            label: Text(l10n.choosePhoto),
          ),
        ],
      ),
    );
  }
}
