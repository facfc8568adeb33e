import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/domain/device.dart';
import 'package:image_classifier/ui/devices/devices_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  Device device(String id, {String name = '', bool isCurrent = false}) =>
      Device(
        id: id,
        name: name,
        createdAt: DateTime.utc(2026, 4),
        lastUsedAt: isCurrent ? DateTime.utc(2026, 5) : null,
        expiresAt: DateTime.utc(2026, 8),
        isCurrent: isCurrent,
      );
  late FakeDeviceRepository repository;
  setUp(() {
    repository = FakeDeviceRepository()
      ..onList = () async => Ok([
            device('old', name: 'Old phone'),
            device('this', name: 'Pixel', isCurrent: true),
            device('nameless'),
          ]);
  });

  Future<void> pump(WidgetTester tester) =>
      tester.pumpScreen(DevicesScreen(repository: repository));

  testWidgets('lists the devices, this one first', (tester) async {
    await pump(tester);

    expect(find.textContaining(en.deviceThis), findsOneWidget);
    expect(find.text(en.deviceUnnamed), findsOneWidget);
    expect(find.textContaining(en.deviceNeverUsed), findsNWidgets(2));
    expect(
      tester.getTopLeft(find.text('Pixel')).dy,
      lessThan(tester.getTopLeft(find.text('Old phone')).dy),
    );
  });

  testWidgets('offers to sign out all but this one', (tester) async {
    await pump(tester);

    expect(find.byTooltip(en.deviceRevoke('Old phone')), findsOneWidget);
    expect(find.byTooltip(en.deviceRevoke('Pixel')), findsNothing);
  });

  testWidgets('signs a device out after asking', (tester) async {
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.deviceRevoke('Old phone')));
    await tester.tapOn(find.text(en.cancel));
    expect(repository.revoked, isEmpty);
    await tester.tapOn(find.byTooltip(en.deviceRevoke('Old phone')));
    await tester.tapOn(find.text(en.deviceRevokeAction));

    expect(repository.revoked, ['old']);
    expect(find.text('Old phone'), findsNothing);
  });

  testWidgets('says why a device is still signed in', (tester) async {
    repository.onRevoke = () async => const Failed(TimeOutException());
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.deviceRevoke('Old phone')));
    await tester.tapOn(find.text(en.deviceRevokeAction));

    expect(
      tester.getTopLeft(find.text(en.errorTimeOut)).dy,
      greaterThan(tester.getBottomLeft(find.text('Old phone')).dy),
    );
  });

  testWidgets('forgets a device that was signed out elsewhere',
      (tester) async {
    repository.onRevoke = () async => const Failed(
          RejectedException(status: 404, serverCode: 'not_found', detail: ''),
        );
    await pump(tester);

    await tester.tapOn(find.byTooltip(en.deviceRevoke('Old phone')));
    await tester.tapOn(find.text(en.deviceRevokeAction));

    expect(find.text('Old phone'), findsNothing);
  });

  testWidgets('says why there is no list, and tries again', (tester) async {
    repository.onList = () async => const Failed(OfflineException());
    await pump(tester);
    expect(find.text(en.errorOffline), findsOneWidget);

    repository.onList = () async => Ok([device('this', name: 'Pixel')]);
    await tester.tapOn(find.widgetWithText(FilledButton, en.retry));

    expect(find.text('Pixel'), findsOneWidget);
  });
}
