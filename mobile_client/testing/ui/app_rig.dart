import 'dart:io';

import 'package:flutter/services.dart';
import 'package:flutter/widgets.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/app.dart';
import 'package:image_classifier/data/problem_log.dart';
import 'package:image_classifier/data/storage/app_folder.dart';

import 'fake_device.dart';
import 'fake_phone.dart';
import 'fake_queue.dart';
import 'fake_repositories.dart';
import 'pump.dart';

/// The whole app on a fake phone, with a fake server.
class AppRig {
  FakeSessionRepository sessions = FakeSessionRepository(signedIn: true);
  final FakeUploadQueue queue = FakeUploadQueue();
  final FakeSettingsStore settings = FakeSettingsStore();
  final FakePhotoPicker picker = FakePhotoPicker();
  final FakeShareSheet share = FakeShareSheet();
  final FakeBackgroundWork background = FakeBackgroundWork();
  final FakeNetworkWatch network = FakeNetworkWatch();
  final ProblemLog problems = ProblemLog(AppFolder(Directory('/no/such')));

  Future<void> pump(
    WidgetTester tester, {
    Size size = phone,
    FakeSharedPhotos? shared,
    FakeAppLock? lock,
  }) async {
    tester.useDisplay(size);
    await tester.pumpWidget(
      ImageClassifierApp(
        dependencies: fakeDependencies(
          sessions: sessions,
          settings: settings,
          queue: queue,
          problems: problems,
        ),
        device: fakeDevice(
          picker: picker,
          share: share,
          background: background,
          network: network,
          shared: shared,
          lock: lock,
        ),
      ),
    );
    await tester.settleDown();
  }

  /// Does what iOS and Android do when a link opens the app.
  Future<void> open(WidgetTester tester, String link) async {
    await tester.binding.defaultBinaryMessenger.handlePlatformMessage(
      'flutter/navigation',
      const JSONMethodCodec().encodeMethodCall(
        MethodCall('pushRouteInformation', {'location': link}),
      ),
      (_) {},
    );
    await tester.settleDown();
  }
}
