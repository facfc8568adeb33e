import 'dart:io';

import 'package:image_classifier/data/problem_log.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:test/test.dart';

import '../../testing/examples.dart';
import '../../testing/fake_clock.dart';
import '../../testing/faulty_file_system.dart';

void main() {
  late Directory root;
  late ProblemLog log;
  setUp(() {
    root = temporaryFolder();
    log = ProblemLog(AppFolder(root), clock: FakeClock());
  });
  tearDown(() => root.deleteSync(recursive: true));

  test('what went wrong is there after a restart, the newest first', () async {
    log
      ..note(StateError('one'), StackTrace.current)
      ..note(StateError('two'), StackTrace.current);
    await log.written;

    final later = ProblemLog(AppFolder(root));
    await later.load();

    expect([for (final each in later.problems.value) each.what],
        ['Bad state: two', 'Bad state: one']);
    expect(later.problems.value.first.at, DateTime.utc(2026));
    expect(later.report, contains('problem_log_test.dart'));
    expect(later.fresh.value, 0);
  });

  test('what goes wrong again and again is noted once', () {
    for (var i = 0; i < 5; i++) {
      log.note('the same', StackTrace.empty);
    }

    expect(log.problems.value, hasLength(1));
    expect(log.fresh.value, 1);
  });

  test('no more than twenty are kept, none longer than one reads', () {
    for (var i = 0; i < 30; i++) {
      log.note('$i ${'x' * 9999}', StackTrace.empty);
    }

    expect(log.problems.value, hasLength(20));
    expect(log.problems.value.first.what, startsWith('29'));
    expect(log.report.length, lessThan(60000));
  });

  test('forgotten, they are gone from the phone', () async {
    log.note('one', StackTrace.empty);
    await log.clear();

    final later = ProblemLog(AppFolder(root));
    await later.load();

    expect(later.problems.value, isEmpty);
  });

  test('a phone that keeps nothing does not make it fail', () async {
    final full = ProblemLog(
      AppFolder(root, files: FullFileSystem(failAt: 1)),
    )..note('one', StackTrace.empty);
    await full.written;

    expect(full.problems.value, hasLength(1));
  });

  test('nor does a file that is none of its own', () async {
    for (final text in ['', '{', '{}', '[1]', '[{"at": "x"}]']) {
      File('${root.path}/problems.json').writeAsStringSync(text);

      await log.load();

      expect(log.problems.value, isEmpty, reason: text);
    }
  });
}
