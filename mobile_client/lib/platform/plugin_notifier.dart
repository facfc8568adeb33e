import 'package:flutter_local_notifications/flutter_local_notifications.dart';

import 'notifier.dart';

/// Shows notifications through the flutter_local_notifications plugin.
class PluginNotifier implements Notifier {
  PluginNotifier();

  final FlutterLocalNotificationsPlugin _plugin =
      FlutterLocalNotificationsPlugin();
  bool _isReady = false;

  @override
  Future<bool> allow() async {
    await _prepare();
    final android = _plugin.resolvePlatformSpecificImplementation<
        AndroidFlutterLocalNotificationsPlugin>();
    final ios = _plugin.resolvePlatformSpecificImplementation<
        IOSFlutterLocalNotificationsPlugin>();
    return await android?.requestNotificationsPermission() ??
        await ios?.requestPermissions(alert: true) ??
        false;
  }

  @override
  Future<void> show({
    required String title,
    required String body,
    required String channel,
  }) async {
    await _prepare();
    await _plugin.show(
      id: _id,
      title: title,
      body: body,
      notificationDetails: NotificationDetails(
        android: AndroidNotificationDetails('answers', channel),
        iOS: const DarwinNotificationDetails(),
      ),
    );
  }

  Future<void> _prepare() async {
    if (_isReady) return;
    await _plugin.initialize(
      settings: const InitializationSettings(
        android: AndroidInitializationSettings('ic_launcher_foreground'),
        iOS: DarwinInitializationSettings(
          requestAlertPermission: false,
          requestSoundPermission: false,
          requestBadgePermission: false,
        ),
      ),
    );
    _isReady = true;
  }
}

/// One notification, which tells of the newest answers.
const int _id = 1;
