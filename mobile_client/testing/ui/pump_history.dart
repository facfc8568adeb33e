import 'package:flutter/widgets.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/ui/history/history_screen.dart';

import 'fake_changes.dart';
import 'fake_device.dart';
import 'fake_repositories.dart';
import 'pump.dart';

/// Shows the history of [repository].
Future<void> pumpHistory(
  WidgetTester tester,
  FakePredictionRepository repository,
  FakeChangeQueue changes, {
  Size size = phone,
}) async {
  await tester.pumpScreen(
    HistoryScreen(
      tools: fakeTools(predictions: repository, changes: changes),
    ),
    size: size,
  );
  await tester.settleDown();
}
