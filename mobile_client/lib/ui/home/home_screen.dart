import 'dart:async';
import 'dart:io';

import 'package:flutter/material.dart';

import '../../dependencies.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../platform/device_services.dart';
import '../account/account_screen.dart';
import '../classify/classify_screen.dart';
import '../classify/classify_view_model.dart';
import '../core/layout.dart';
import '../devices/devices_screen.dart';
import '../history/history_screen.dart';
import '../prediction/prediction_tools.dart';

/// The four rooms of somebody who is signed in.
class HomeScreen extends StatefulWidget {
  const HomeScreen({
    super.key,
    required this.owner,
    required this.dependencies,
    required this.device,
  });

  /// Whose photos are shown.
  final String owner;
  final Dependencies dependencies;
  final DeviceServices device;

  @override
  State<HomeScreen> createState() => HomeScreenState();
}

/// Takes photos and gives the tools to who opens a prediction from outside.
class HomeScreenState extends State<HomeScreen> {
  /// Lives as long as this screen: the current photo stays while other
  /// rooms are visited.
  late final ClassifyViewModel _classify = ClassifyViewModel(
    owner: widget.owner,
    queue: widget.dependencies.queue,
    picker: widget.device.picker,
    cropper: widget.device.cropper,
    settings: widget.dependencies.settings,
    provisional: widget.dependencies.twin?.answers,
  );

  /// What screens about predictions work with.
  late final PredictionTools tools = PredictionTools(
    predictions: widget.dependencies.predictions,
    changes: widget.dependencies.changes,
    files: widget.dependencies.files,
    share: widget.device.share,
    album: widget.device.album,
  );
  int _room = 0;

  bool _mayNotify = false;

  @override
  void initState() {
    super.initState();
    unawaited(_classify.recoverLost());
    widget.dependencies.queue.uploads.addListener(_askToNotify);
  }

  /// Takes photos that another app handed over.
  void take(List<File> photos) {
    _enter(0);
    unawaited(_classify.take(photos));
  }

  /// Takes the app's own copy of a photo, which then goes.
  Future<void> takeOver(File copy) async {
    _enter(0);
    await _classify.take([copy]);
    final keep = _classify.keep;
    if (!keep.running && keep.error == null && copy.existsSync()) {
      copy.deleteSync();
    }
  }

  /// Asks once, when a photo waits for its answer for the first time.
  void _askToNotify() {
    final isAnyLate = widget.dependencies.queue.uploads.value.any(
      (upload) => upload.isPending && upload.problem != null,
    );
    if (_mayNotify || !isAnyLate) return;
    _mayNotify = true;
    unawaited(widget.device.notifier.allow());
  }

  @override
  void dispose() {
    widget.dependencies.queue.uploads.removeListener(_askToNotify);
    _classify.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) {
    final isWide = MediaQuery.sizeOf(context).width >= railMinWidth;
    final rooms = _rooms(AppLocalizations.of(context));
    return Scaffold(
      // The rooms' own scaffolds make way for the keyboard.
      resizeToAvoidBottomInset: false,
      body: isWide
          ? Row(
              children: [
                _rail(rooms),
                const VerticalDivider(width: 1),
                Expanded(child: _screen()),
              ],
            )
          : _screen(),
      bottomNavigationBar: isWide
          ? null
          : NavigationBar(
              selectedIndex: _room,
              onDestinationSelected: _enter,
              destinations: [
                for (final room in rooms)
                  NavigationDestination(
                    icon: Icon(room.icon),
                    label: room.name,
                  ),
              ],
            ),
    );
  }

  Widget _rail(List<_Room> rooms) => SafeArea(
        child: LayoutBuilder(
          builder: (context, size) => SingleChildScrollView(
            child: ConstrainedBox(
              constraints: BoxConstraints(minHeight: size.maxHeight),
              child: IntrinsicHeight(
                child: NavigationRail(
                  selectedIndex: _room,
                  onDestinationSelected: _enter,
                  labelType: NavigationRailLabelType.all,
                  destinations: [
                    for (final room in rooms)
                      NavigationRailDestination(
                        icon: Icon(room.icon),
                        label: Text(room.name),
                      ),
                  ],
                ),
              ),
            ),
          ),
        ),
      );

  void _enter(int room) => setState(() => _room = room);

  Widget _screen() {
    final all = widget.dependencies;
    return switch (_room) {
      0 => ClassifyScreen(model: _classify, tools: tools),
      1 => HistoryScreen(tools: tools),
      2 => DevicesScreen(repository: all.devices),
      _ => AccountScreen(dependencies: all, device: widget.device),
    };
  }

  List<_Room> _rooms(AppLocalizations l10n) => [
        _Room(Icons.photo_camera_outlined, l10n.navClassify),
        _Room(Icons.history, l10n.navHistory),
        _Room(Icons.devices, l10n.navDevices),
        _Room(Icons.person_outline, l10n.navAccount),
      ];
}

final class _Room {
  const _Room(this.icon, this.name);

  final IconData icon;
  final String name;
}
