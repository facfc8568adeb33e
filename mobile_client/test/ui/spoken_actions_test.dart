import 'package:flutter/material.dart';
import 'package:flutter_test/flutter_test.dart';

import '../../testing/ui/pump.dart';
import '../../testing/ui/screens.dart';
import '../../testing/ui/spoken.dart';

/// All that can be done on each screen, as a screen reader names it, in the
/// order in which it is read.
final Map<String, List<String>> spoken = {
  'start that failed': ['Try again'],
  'server': ['Scan the code', 'Server address', 'Connect'],
  'certificate': ['Do not connect', 'It is the same: trust it'],
  'sign in': [
    'User name',
    'Password',
    'Show password',
    'Sign in',
    'New here? Create an account',
    'Forgot your password?',
    'Change server',
  ],
  'classify': [
    'Send again',
    'Crop or rotate',
    'Remove the photo',
    'Golden retriever',
    'Remove the photo',
    'Being sent: 0%',
    'Cancel sending',
    'Waiting to be sent',
    'Cancel sending',
    'Take a photo',
    'Choose photos',
  ],
  'several photos that are held': [
    'Send all 2 as they are',
    'Not sent yet. Crop or rotate it, or send it as it is.',
    'Send as it is',
    'Not sent yet. Crop or rotate it, or send it as it is.',
    'Send as it is',
    'Take a photo',
    'Choose photos',
  ],
  'crop': [
    'Left edge',
    'Upper edge',
    'Lower edge',
    'Right edge',
    'Rotate left',
    'Rotate right',
    'Undo',
    'Whole photo',
    'Send',
  ],
  'a photo that this phone cannot crop': ['Send as it is'],
  'history': [
    'Filter and order',
    'Search your photos',
    for (var i = 0; i < 12; i++) ...['A very long label number $i', 'Delete'],
  ],
  'empty history': ['Filter and order', 'Search your photos'],
  'labels': ['Search labels', 'Golden retriever', 'Orange', 'Tabby'],
  'detail': [
    'Cocker spaniel: 1%',
    'Yes',
    'It is …',
    'None of these',
    'Where is it?',
    'Share',
    'Save to the photos',
    'Classify again',
    'Delete',
  ],
  'broader answer': [
    'Golden retriever: 97%',
    'Cocker spaniel: 1%',
    'Close',
    'Try again',
    'Where is it?',
    'Share',
    'Save to the photos',
    'Classify again',
    'Delete',
  ],
  'unsure answer to a bad photo': [
    'Golden retriever: 97%',
    'Cocker spaniel: 1%',
    'Yes',
    'It is …',
    'None of these',
    'Where is it?',
    'Share',
    'Save to the photos',
    'Classify again',
    'Delete',
  ],
  'what is it': ['Type a name', 'Golden retriever', 'Cocker spaniel'],
  'pairing': ['Paste the code'],
  'password reset': ['E-mail', 'Send me a code'],
  'locked': ['Unlock'],
  'history filter': [
    'Show all',
    'Any',
    'Sure',
    'Only the kind',
    'Not sure',
    'Any',
    'Nothing yet',
    'Right',
    'Wrong',
    'Newest first',
    'Least sure first',
    'Show',
  ],
  'problems': ['Share the report', 'Delete the report'],
  'devices': [
    for (var i = 1; i < 4; i++)
      'Sign out The phone with the very long name, number $i',
  ],
  'account': [
    'As the phone',
    'Light',
    'Dark',
    'Send originals',
    'Crop before sending',
    'Answer on the phone, too',
    'Send what waits',
    'Then only on Wi-Fi',
    'Change server',
    'Unlock with fingerprint or face',
    'Change password',
    'Sign out',
    'Sign out everywhere',
    'Export everything',
    'Problems in the app',
    'Delete account',
  ],
  'change password': [
    'Current password',
    'Show password',
    'New password',
    'Show password',
    'New password again',
    'Show password',
    'Change password',
  ],
  'delete account': ['User name', 'Cancel'],
  'home': [
    'Take a photo',
    'Choose photos',
    'Classify',
    'History',
    'Devices',
    'Account',
  ],
};

void main() {
  for (final MapEntry(key: name, value: build) in screens.entries) {
    testWidgets('$name: all that can be done has its name', (tester) async {
      final semantics = tester.ensureSemantics();
      await tester.pumpScreen(build(), size: const Size(400, 4000));
      await tester.settleDown();

      expect(spokenActions(tester), spoken[name]);
      semantics.dispose();
    });
  }
}
