import 'dart:async';

import 'package:flutter/material.dart';

import '../../data/device_repository.dart';
import '../../domain/device.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/busy.dart';
import '../core/confirm.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import 'device_tile.dart';
import 'devices_view_model.dart';

/// Where the account is signed in.
class DevicesScreen extends StatefulWidget {
  const DevicesScreen({super.key, required this.repository});

  final DeviceRepository repository;

  @override
  State<DevicesScreen> createState() => _DevicesScreenState();
}

class _DevicesScreenState extends State<DevicesScreen> {
  late final DevicesViewModel _model = DevicesViewModel(widget.repository);

  @override
  void initState() {
    super.initState();
    unawaited(_model.load.execute());
  }

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  Future<void> _revoke(Device device) async {
    final l10n = AppLocalizations.of(context);
    final sure = await confirm(
      context,
      title: l10n.deviceRevokeTitle(deviceNameIn(l10n, device)),
      body: l10n.deviceRevokeBody,
      action: l10n.deviceRevokeAction,
    );
    if (sure) await _model.revoke(device);
  }

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(l10n.devicesTitle)),
      body: SafeArea(
        child: ListenableBuilder(
          listenable: _model,
          builder: (context, _) => RefreshIndicator(
            onRefresh: _model.load.execute,
            child: TwoColumns(
              column: _column,
              first: _first(context, l10n),
              second: [
                for (final device in _model.devices) ...[
                  DeviceTile(
                    key: ValueKey(device.id),
                    device: device,
                    isBusy: _model.isRevoking(device),
                    onRevoke: () => _revoke(device),
                  ),
                  if (_model.failureOf(device) case final failure?)
                    ErrorCard.failure(context, failure),
                ],
              ],
            ),
          ),
        ),
      ),
    );
  }

  /// Can be pulled down even where it is short.
  Widget _column(List<Widget> children) => ReadableWidth(
        child: ListView(
          physics: const AlwaysScrollableScrollPhysics(),
          padding: const EdgeInsets.all(16),
          children: children,
        ),
      );

  /// What stands before the devices, or in place of them.
  List<Widget> _first(BuildContext context, AppLocalizations l10n) {
    final error = _model.load.error;
    if (_model.devices.isEmpty) {
      return [
        if (error != null)
          MessageView.failure(context, error, onRetry: _model.load.execute)
        else if (_model.load.result == null)
          const LoadingView()
        else
          MessageView(
            icon: Icons.devices,
            title: l10n.devicesEmptyTitle,
            body: l10n.devicesEmptyBody,
          ),
      ];
    }
    return [
      Text(l10n.devicesIntro),
      const SizedBox(height: 8),
      if (error != null) ErrorCard.failure(context, error),
    ];
  }
}
