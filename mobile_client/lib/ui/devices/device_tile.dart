import 'package:flutter/material.dart';

import '../../domain/device.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/busy.dart';
import '../core/formats.dart';

/// What a device is called.
String deviceNameIn(AppLocalizations l10n, Device device) =>
    device.name.isEmpty ? l10n.deviceUnnamed : device.name;

/// A device that is signed in; any but this one can be signed out here.
class DeviceTile extends StatelessWidget {
  const DeviceTile({
    super.key,
    required this.device,
    required this.isBusy,
    required this.onRevoke,
  });

  final Device device;
  final bool isBusy;
  final VoidCallback onRevoke;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final lastUsed = device.lastUsedAt;
    return ListTile(
      contentPadding: EdgeInsets.zero,
      leading: Icon(device.isCurrent ? Icons.smartphone : Icons.devices_other),
      title: Text(deviceNameIn(l10n, device)),
      subtitle: Text(
        [
          if (device.isCurrent) l10n.deviceThis,
          lastUsed == null
              ? l10n.deviceNeverUsed
              : l10n.deviceLastUsed(formatMoment(context, lastUsed)),
          l10n.deviceSince(formatMoment(context, device.createdAt)),
          l10n.deviceExpires(formatMoment(context, device.expiresAt)),
        ].join('\n'),
      ),
      trailing: switch (device) {
        Device(isCurrent: true) => null,
        _ when isBusy => const SmallSpinner(),
        _ => IconButton(
            onPressed: onRevoke,
            icon: const Icon(Icons.logout),
            tooltip: l10n.deviceRevoke(deviceNameIn(l10n, device)),
          ),
      },
    );
  }
}
