import 'dart:async';

import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/ui/server/server_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  const untrusted = UntrustedCertificateException(
    fingerprint: 'AA:BB:CC',
    host: '192.168.1.5',
  );
  late FakeSessionRepository sessions;
  setUp(() => sessions = FakeSessionRepository());

  Future<void> connectTo(WidgetTester tester, String address) async {
    await tester.enterText(find.byType(TextField), address);
    await tester.tapOn(find.text(en.serverConnect));
  }

  testWidgets('explains where the address is found', (tester) async {
    await tester.pumpScreen(ServerScreen(sessions: sessions, scanner: FakeCodeScanner()));

    expect(find.text(en.serverHelpLan), findsOneWidget);
    expect(find.text(en.serverHelpLocalhost), findsOneWidget);
  });

  testWidgets('connects to what was typed and tells it', (tester) async {
    var connected = 0;
    await tester.pumpScreen(
      ServerScreen(
        sessions: sessions,
        scanner: FakeCodeScanner(),
        onConnected: () => connected++,
      ),
    );

    await connectTo(tester, '192.168.1.5:8000');

    expect(sessions.calls, ['use 192.168.1.5:8000 null']);
    expect(connected, 1);
  });

  testWidgets('shows the server in use', (tester) async {
    sessions.server.value = Uri.parse('http://192.168.1.9:8000/');

    await tester.pumpScreen(ServerScreen(sessions: sessions, scanner: FakeCodeScanner()));

    expect(find.text('http://192.168.1.9:8000/'), findsOneWidget);
  });

  testWidgets('says what is wrong with an address before it asks anybody',
      (tester) async {
    await tester.pumpScreen(ServerScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await tester.tapOn(find.text(en.serverConnect));
    expect(find.text(en.addressEmpty), findsOneWidget);
    await connectTo(tester, 'not an address');

    expect(find.text(en.addressInvalid), findsOneWidget);
    expect(sessions.calls, isEmpty);
  });

  testWidgets('says that localhost is the phone', (tester) async {
    await tester.pumpScreen(ServerScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await tester.enterText(find.byType(TextField), 'localhost:8000');
    await tester.pump();

    expect(find.text(en.addressLocalhost), findsOneWidget);
  });

  testWidgets('warns of http on the internet', (tester) async {
    await tester.pumpScreen(ServerScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await tester.enterText(find.byType(TextField), 'http://example.org');
    await tester.pump();

    expect(find.text(en.addressInsecure), findsOneWidget);
  });

  testWidgets('cannot be pressed twice while it looks', (tester) async {
    final answer = Completer<Result<void>>();
    sessions.onUseServer = (_) => answer.future;
    await tester.pumpScreen(ServerScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await connectTo(tester, '192.168.1.5');

    expect(find.byType(CircularProgressIndicator), findsOneWidget);
    final button = tester.widget<FilledButton>(find.byType(FilledButton));
    expect(button.onPressed, isNull);
    answer.complete(const Ok(null));
    await tester.settleDown();
  });

  testWidgets('says why there is no server', (tester) async {
    sessions.onUseServer = (_) async => const Failed(OfflineException());
    await tester.pumpScreen(ServerScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await connectTo(tester, '192.168.1.5');

    expect(find.text(en.errorOffline), findsOneWidget);
    expect(find.text(en.errorOfflineAdvice), findsOneWidget);
  });

  testWidgets('trusts a certificate only after its fingerprint was shown',
      (tester) async {
    sessions.onUseServer = (accepted) async =>
        accepted == 'AA:BB:CC' ? const Ok(null) : const Failed(untrusted);
    var connected = 0;
    await tester.pumpScreen(
      ServerScreen(
        sessions: sessions,
        scanner: FakeCodeScanner(),
        onConnected: () => connected++,
      ),
    );

    await connectTo(tester, 'https://192.168.1.5');
    expect(find.text('AA:\u200BBB:\u200BCC'), findsOneWidget);
    await tester.tapOn(find.text(en.certificateTrust));

    expect(sessions.calls, [
      'use https://192.168.1.5 null',
      'use https://192.168.1.5 AA:BB:CC',
    ]);
    expect(connected, 1);
  });

  testWidgets('does not connect to a certificate that was refused',
      (tester) async {
    sessions.onUseServer = (_) async => const Failed(untrusted);
    await tester.pumpScreen(ServerScreen(sessions: sessions, scanner: FakeCodeScanner()));

    await connectTo(tester, 'https://192.168.1.5');
    await tester.tapOn(find.text(en.certificateRefuse));

    expect(sessions.calls, hasLength(1));
    expect(find.text(en.errorUntrustedCertificate), findsOneWidget);
  });
}
