import 'dart:io';

/// What this device calls itself in the account's list of devices.
String deviceName() => switch (Platform.operatingSystem) {
      'android' => 'Android',
      'ios' => 'iPhone or iPad',
      final other => other,
    };
