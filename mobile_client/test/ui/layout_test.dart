import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';

import '../../testing/ui/pump.dart';
import '../../testing/ui/screens.dart';

void main() {
  for (final MapEntry(key: name, value: build) in screens.entries) {
    group(name, () {
      for (final (what, size) in const [
        ('small phone', smallPhone),
        ('phone on its side', Size(640, 320)),
        ('tablet', tablet),
      ]) {
        for (final language in const ['en', 'de']) {
          testWidgets('fits on a $what with text twice as large, in $language',
              (tester) async {
            await tester.pumpScreen(
              build(),
              locale: Locale(language),
              size: size,
              textScale: 2,
              brightness: Brightness.dark,
            );
            await tester.settleDown();
            for (var i = 0; i < 8; i++) {
              await tester.drag(
                find.byType(Scrollable).first,
                const Offset(0, -200),
              );
              await tester.pump();
            }

            expect(tester.takeException(), isNull);
          });
        }
      }

      for (final (what, size, keyboard) in const [
        ('small phone', smallPhone, 260.0),
        ('phone on its side', Size(640, 320), 180.0),
      ]) {
        testWidgets('fits above the keyboard of a $what', (tester) async {
          tester.view.viewInsets = FakeViewPadding(bottom: keyboard);
          await tester.pumpScreen(build(), size: size, textScale: 2);
          await tester.settleDown();

          final error = tester.takeException();
          // Where nothing can be typed there is no keyboard.
          if (find.byType(TextField).evaluate().isNotEmpty) {
            expect(error, isNull);
          }
        });
      }

      testWidgets('can be touched and read out', (tester) async {
        final semantics = tester.ensureSemantics();
        await tester.pumpScreen(build());
        await tester.settleDown();

        await expectLater(tester, meetsGuideline(androidTapTargetGuideline));
        await expectLater(tester, meetsGuideline(labeledTapTargetGuideline));
        semantics.dispose();
      });
    });
  }
}
