import 'package:flutter/services.dart';
import 'package:local_auth/local_auth.dart';

import 'app_lock.dart';

/// Asks through the local_auth plugin.
class LocalAuthAppLock implements AppLock {
  LocalAuthAppLock();

  final LocalAuthentication _auth = LocalAuthentication();

  @override
  Future<bool> get isThere async {
    try {
      return await _auth.isDeviceSupported();
    } on PlatformException {
      return false;
    }
  }

  @override
  Future<bool> unlock(String reason) async {
    try {
      return await _auth.authenticate(localizedReason: reason);
    } on LocalAuthException {
      return false;
    } on PlatformException {
      return false;
    }
  }
}
