import 'dart:io';

import 'package:test/test.dart';

/// What has a left and a right where a screen has a start and an end: the
/// directional class of the same name is meant.
final Map<String, RegExp> physical = {
  'EdgeInsets.only': RegExp(r'EdgeInsets\.only\([^)]*\b(left|right):'),
  'EdgeInsets.fromLTRB':
      RegExp(r'EdgeInsets\.fromLTRB\(\s*([^,]+),[^,]+,(?!\s*\1\s*,)'),
  'Alignment': RegExp(r'\bAlignment\.(top|center|bottom)(Left|Right)'),
  'Alignment(x, y)': RegExp(r'\bAlignment\((?!\s*0,)'),
  'Positioned': RegExp(r'\bPositioned\([^)]*?\b(left|right):'),
  'BorderRadius': RegExp(r'\bBorderRadius\.(only|horizontal)\('),
  'TextAlign': RegExp(r'TextAlign\.(left|right)\b'),
};

List<String> physicalIn(String source) => [
      for (final MapEntry(key: name, value: pattern) in physical.entries)
        if (pattern.hasMatch(source)) name,
    ];

void main() {
  for (final (source, isFound) in [
    ('EdgeInsets.only(top: 8, left: 4)', true),
    ('EdgeInsetsDirectional.only(start: 4)', false),
    ('EdgeInsets.only(top: 8)', false),
    ('EdgeInsets.fromLTRB(16, 0, 8, 4)', true),
    ('EdgeInsets.fromLTRB(16, 0, 16, 4)', false),
    ('Alignment.centerLeft', true),
    ('Alignment.topCenter', false),
    ('AlignmentDirectional.centerStart', false),
    ('Alignment(1, 0)', true),
    ('Alignment(0, 1)', false),
    ('Positioned(\n  left: 0,', true),
    ('PositionedDirectional(start: 0)', false),
    ('TextAlign.left', true),
    ('TextAlign.start', false),
    ('BorderRadius.horizontal(left: x)', true),
    ('BorderRadiusDirectional.only(topStart: x)', false),
  ]) {
    test('"$source" is ${isFound ? '' : 'not '}found', () {
      expect(physicalIn(source).isNotEmpty, isFound);
    });
  }

  test('screens say start and end, so that they serve every script', () {
    final files = [
      for (final entry in Directory('lib').listSync(recursive: true))
        if (entry is File && entry.path.endsWith('.dart')) entry,
    ];

    expect(files.length, greaterThan(80));
    for (final file in files) {
      expect(physicalIn(file.readAsStringSync()), isEmpty, reason: file.path);
    }
  });
}
