import 'dart:async';

import '../domain/json_reader.dart';
import '../utils/clock.dart';
import '../utils/observable.dart';
import '../utils/one_at_a_time.dart';
import 'storage/app_folder.dart';

/// Something that went wrong in the app and that nobody foresaw.
final class AppProblem {
  const AppProblem({required this.at, required this.what, required this.where});

  factory AppProblem.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return AppProblem(
      at: fields.time('at'),
      what: fields.text('what'),
      where: fields.text('where'),
    );
  }

  /// In UTC.
  final DateTime at;

  /// The exception.
  final String what;

  /// The stack, cut to a length that one reads.
  final String where;

  Map<String, Object?> toJson() =>
      {'at': at.toIso8601String(), 'what': what, 'where': where};

  @override
  String toString() => '${at.toIso8601String()}\n$what\n$where';
}

/// Keeps the last problems, over restarts, for a report that the user may
/// send. It never throws: it is what hears of exceptions.
class ProblemLog {
  ProblemLog(this._folder, {Clock clock = const SystemClock()})
      : _clock = clock;

  final AppFolder _folder;
  final Clock _clock;
  final OneAtATime _writes = OneAtATime();

  /// What went wrong, the newest first.
  final Observable<List<AppProblem>> problems = Observable(const []);

  /// How many were noted since the app was started.
  final Observable<int> fresh = Observable(0);

  /// Reads what was kept; call it once, at the start.
  Future<void> load() async {
    try {
      final kept = await _folder.readJson(_name);
      if (kept is! List<Object?>) return;
      problems.value = _cut([
        ...problems.value,
        for (final each in kept) AppProblem.fromJson(each),
      ]);
    } on Object {
      return;
    }
  }

  /// Notes a problem; one that repeats the last is noted once.
  void note(Object error, StackTrace stack) {
    final what = _head('$error', 500);
    if (problems.value.firstOrNull?.what == what) return;
    final problem = AppProblem(
      at: _clock.now(),
      what: what,
      where: _head('$stack', 2000),
    );
    problems.value = _cut([problem, ...problems.value]);
    fresh.value++;
    unawaited(_write());
  }

  /// Forgets them all.
  Future<void> clear() {
    problems.value = const [];
    return _write();
  }

  /// Completes when what was noted is written down.
  Future<void> get written => _writes.run(() async {});

  /// All of them as one text.
  String get report => problems.value.join('\n\n');

  Future<void> _write() => _writes.run(() async {
        try {
          await _folder.writeJson(
            _name,
            [for (final problem in problems.value) problem.toJson()],
          );
        } on Object {
          return;
        }
      });

  List<AppProblem> _cut(List<AppProblem> all) =>
      List.unmodifiable(all.take(_most));

  String _head(String text, int length) =>
      text.length <= length ? text : text.substring(0, length);
}

const String _name = 'problems.json';
const int _most = 20;
