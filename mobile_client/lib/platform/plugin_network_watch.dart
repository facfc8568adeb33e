import 'package:connectivity_plus/connectivity_plus.dart';

import 'network_watch.dart';

/// Asks the phone through the connectivity_plus plugin.
class PluginNetworkWatch implements NetworkWatch {
  const PluginNetworkWatch();

  @override
  Stream<void> get returns => Connectivity()
      .onConnectivityChanged
      .where((now) => now.any((each) => each != ConnectivityResult.none));
}
