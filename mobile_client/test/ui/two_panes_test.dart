import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';
import 'package:image_classifier/ui/crop/crop_frame.dart';
import 'package:image_classifier/ui/detail/explained_photo.dart';
import 'package:image_classifier/ui/devices/device_tile.dart';

import '../../testing/ui/pump.dart';
import '../../testing/ui/screens.dart';

/// What is in the first pane of each screen that has two, and in the second.
final Map<String, (Finder, Finder)> panes = {
  'server': (find.text(en.serverIntro), find.text(en.serverHelpTitle)),
  'sign in': (find.text(en.username), find.text(en.changeServer)),
  'pairing': (find.text(en.pairIntro), find.byType(AspectRatio)),
  'several photos that are held': (
    find.text(en.classifyEmptyTitle),
    find.text(en.otherPhotos),
  ),
  'crop': (find.byType(CropFrame), find.text(en.cropSend)),
  'history': (
    find.text('A very long label number 0'),
    find.text(en.detailChoose),
  ),
  'detail': (find.byType(ExplainedPhoto), find.text(en.feedbackQuestion)),
  'devices': (find.text(en.devicesIntro), find.byType(DeviceTile)),
  'account': (find.text(en.sectionAppearance), find.text(en.sectionSecurity)),
};

void main() {
  for (final MapEntry(key: name, value: (first, second)) in panes.entries) {
    for (final (where, size) in const [
      ('a phone on its side', Size(840, 390)),
      ('a tablet', tablet),
    ]) {
      testWidgets('$name: two panes beside each other on $where',
          (tester) async {
        await tester.pumpScreen(screens[name]!(), size: size);
        await tester.settleDown();

        final left = tester.getRect(first.first);
        final right = tester.getRect(second.first);

        expect(left.right, lessThanOrEqualTo(right.left));
      });
    }
  }
}
