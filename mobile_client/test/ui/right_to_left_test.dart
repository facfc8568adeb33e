import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';

import '../../testing/ui/pump.dart';
import '../../testing/ui/screens.dart';

/// Whole pixels may be rounded to one side or the other.
const double tolerance = 1;

void main() {
  for (final MapEntry(key: name, value: build) in screens.entries) {
    group(name, () {
      testWidgets('is the mirror image of itself from right to left',
          (tester) async {
        Future<List<Rect>> iconsOf(TextDirection direction) async {
          await tester.pumpWidget(const SizedBox());
          await tester.pumpScreen(build(), direction: direction);
          await tester.settleDown();
          return [
            for (final icon in find.byType(Icon).evaluate())
              tester.getRect(find.byElementPredicate((each) => each == icon)),
          ];
        }

        final there = await iconsOf(TextDirection.ltr);
        final back = await iconsOf(TextDirection.rtl);

        expect(back.length, there.length);
        for (final (i, icon) in back.indexed) {
          expect(icon.left, closeTo(phone.width - there[i].right, tolerance));
          expect(icon.top, closeTo(there[i].top, tolerance));
        }
      });

      for (final size in const [smallPhone, Size(640, 320), tablet]) {
        testWidgets('fits from right to left on $size', (tester) async {
          await tester.pumpScreen(
            build(),
            direction: TextDirection.rtl,
            size: size,
            textScale: 2,
          );
          await tester.settleDown();

          expect(tester.takeException(), isNull);
        });
      }
    });
  }
}
