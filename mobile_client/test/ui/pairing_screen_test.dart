import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/data/api/error_code.dart';
import 'package:image_classifier/ui/pairing/pairing_screen.dart';
import 'package:image_classifier/utils/result.dart';

import '../../testing/ui/fake_device.dart';
import '../../testing/ui/fake_repositories.dart';
import '../../testing/ui/pump.dart';

void main() {
  late FakeSessionRepository sessions;
  late FakeCodeScanner scanner;
  setUp(() {
    sessions = FakeSessionRepository();
    scanner = FakeCodeScanner();
  });

  Future<void> pump(WidgetTester tester) => tester.pumpScreen(
        PairingScreen(sessions: sessions, scanner: scanner),
      );

  testWidgets('signs in with what the camera reads, once', (tester) async {
    await pump(tester);

    for (var i = 0; i < 3; i++) {
      scanner.show!('http://10.0.0.2:8000/?code=ABC');
    }
    await tester.settleDown();

    expect(sessions.calls, ['pair http://10.0.0.2:8000/ ABC null']);
  });

  testWidgets('asks whoever is signed in before another server is used',
      (tester) async {
    sessions = FakeSessionRepository(signedIn: true);
    await pump(tester);

    scanner.show!('http://10.0.0.2:8000/?code=ABC');
    await tester.settleDown();
    expect(
      find.text(en.pairReplaceTitle('http://10.0.0.2:8000/')),
      findsOneWidget,
    );
    expect(sessions.calls, isEmpty);
    await tester.tap(find.text(en.pairReplaceConfirm));
    await tester.settleDown();

    expect(sessions.calls, ['pair http://10.0.0.2:8000/ ABC null']);
  });

  testWidgets('says that a code is of something else', (tester) async {
    await pump(tester);

    scanner.show!('WIFI:S:home;;');
    await tester.settleDown();

    expect(find.text(en.pairNotOne), findsOneWidget);
    expect(sessions.calls, isEmpty);
  });

  testWidgets('says that a code was used before', (tester) async {
    sessions.onSignIn = () async => Failed(
          const RejectedException(status: 400, serverCode: '', detail: '')
              .meaning(ErrorCode.wrongPairingCode),
        );
    await pump(tester);

    scanner.show!('http://10.0.0.2:8000/?code=ABC');
    await tester.settleDown();

    expect(find.text(en.errorWrongPairingCode), findsOneWidget);
  });

  testWidgets('says what to do without a camera', (tester) async {
    await pump(tester);

    expect(find.text(en.pairCameraFailed), findsOneWidget);
    expect(find.text(en.pairPaste), findsOneWidget);
  });
}
