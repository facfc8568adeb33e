import 'dart:async';
import 'dart:io';

import 'package:flutter/widgets.dart';

import 'data/what_waits.dart';
import 'dependencies.dart';
import 'domain/app_link.dart';
import 'platform/device_services.dart';

/// What happens to the app from outside: it comes and goes, the network
/// returns, a link or photos arrive.
class AppEvents with WidgetsBindingObserver {
  AppEvents({
    required Dependencies dependencies,
    required DeviceServices device,
    required void Function(AppLink) onLink,
    required void Function(List<File>) onPhotos,
    required VoidCallback onHidden,
  })  : _all = dependencies,
        _device = device,
        _onLink = onLink {
    WidgetsBinding.instance.addObserver(this);
    _lifecycle = AppLifecycleListener(
      onResume: _returned,
      onHide: () {
        onHidden();
        unawaited(_left());
      },
    );
    _subscriptions
      ..add(_device.network.returns.listen((_) => _wake()))
      ..add(
        _device.shared.incoming.listen((photos) {
          if (photos.isNotEmpty) onPhotos(photos);
        }),
      );
  }

  final Dependencies _all;
  final DeviceServices _device;
  final void Function(AppLink) _onLink;
  late final AppLifecycleListener _lifecycle;
  final List<StreamSubscription<Object?>> _subscriptions = [];

  void dispose() {
    WidgetsBinding.instance.removeObserver(this);
    _lifecycle.dispose();
    for (final subscription in _subscriptions) {
      unawaited(subscription.cancel());
    }
  }

  /// The link that opened the app, if one did.
  void followFirstLink(String route) {
    final link = Uri.tryParse(route);
    if (link != null) _follow(link);
  }

  /// A link came while the app was open. True: no other observer is asked,
  /// which would look for a route of that name, though there is none.
  @override
  Future<bool> didPushRouteInformation(RouteInformation information) async {
    _follow(information.uri);
    return true;
  }

  void _follow(Uri link) {
    if (AppLink.parse(link) case final parsed?) _onLink(parsed);
  }

  void _returned() {
    unawaited(_device.background.cancel());
    _wake();
  }

  void _wake() {
    _all.queue.wake();
    _all.changes.wake();
  }

  /// Leaves to the phone what is not sent yet.
  Future<void> _left() async {
    final settings = _all.settings.settings.value;
    final waits = WhatWaits(_all.queue, _all.changes);
    if (!settings.sendInBackground || waits.isNothing) return;
    await _device.background.schedule(onWifiOnly: settings.onWifiOnly);
  }
}
