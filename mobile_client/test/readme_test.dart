import 'dart:io';

import 'package:test/test.dart';

/// The files that the table "Which test holds what" names; one without a
/// folder is in the folder of the one before.
List<String> namedFiles(String readme) {
  final table = readme.split('## Which test holds what').last.split('\n## ')[0];
  final files = <String>[];
  for (final match in RegExp(r'`([\w./]+_test\.dart)`').allMatches(table)) {
    final name = match[1]!;
    final folder = files.lastOrNull?.replaceFirst(RegExp(r'/[^/]+$'), '') ?? '';
    files.add(name.contains('/') ? name : '$folder/$name');
  }
  return files;
}

void main() {
  final named = namedFiles(File('README.md').readAsStringSync());

  test('the README names tests that are there', () {
    expect(named.length, greaterThan(30));
    for (final file in named) {
      expect(File(file).existsSync(), isTrue, reason: file);
    }
  });

  test('each test has its place in the table of the README', () {
    for (final entry in Directory('test').listSync(recursive: true)) {
      if (entry is! File || !entry.path.endsWith('_test.dart')) continue;
      expect(named, contains(entry.path));
    }
  });
}
