import 'dart:async';

import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/utils/clock.dart';
import 'package:image_classifier/utils/command.dart';
import 'package:image_classifier/utils/observable.dart';
import 'package:image_classifier/utils/one_at_a_time.dart';
import 'package:image_classifier/utils/result.dart';
import 'package:image_classifier/utils/unexpected.dart';
import 'package:image_classifier/utils/uuid.dart';
import 'package:test/test.dart';

import '../../testing/unexpected.dart';

void main() {
  group('a command', () {
    test('is running until its action ends, and tells of both', () async {
      final action = Completer<Result<int>>();
      final seen = <bool>[];
      late final Command<int> command;
      command = Command(
        () => action.future,
        onChange: () => seen.add(command.running),
      );

      final run = command.execute();
      action.complete(const Ok(1));
      await run;

      expect(seen, [true, false]);
      expect(command.result, isA<Ok<int>>());
    });

    test('does not run twice at a time', () async {
      var runs = 0;
      final gate = Completer<void>();
      final command = Command<void>(() async {
        runs++;
        await gate.future;
        return const Ok(null);
      });

      final first = command.execute();
      await command.execute();
      gate.complete();
      await first;

      expect(runs, 1);
    });

    test('keeps the error of the last run until it is cleared', () async {
      final command = Command<void>(
        () async => const Failed(TimeOutException()),
      );

      await command.execute();

      expect(command.error, isA<TimeOutException>());
      command.clear();
      expect(command.error, isNull);
    });

    test('has failed, and is not running any more, after its action threw',
        () async {
      final heard = hearUnexpected();
      final command = Command<void>(() async => throw StateError('a bug'));

      await command.execute();

      expect(command.running, isFalse);
      expect(command.error, isA<UnexpectedException>());
      expect(heard.single, isA<StateError>());
    });
  });

  group('a result', () {
    test('is ok when the action ends', () async {
      final result = await Result.of(() async => 42);

      expect(result, isA<Ok<int>>().having((ok) => ok.value, 'value', 42));
    });

    test('is a failure when the server or the network failed', () async {
      final result = await Result.of<int>(
        () async => throw const OfflineException(),
      );

      expect(
        result,
        isA<Failed<int>>()
            .having((f) => f.error, 'error', isA<OfflineException>()),
      );
    });

    test('is a failure after a bug, which is reported', () async {
      final heard = hearUnexpected();

      final result = await Result.of<int>(() async => throw StateError('bug'));

      expect(
        result,
        isA<Failed<int>>()
            .having((f) => f.error, 'error', isA<UnexpectedException>()),
      );
      expect(heard.single, isA<StateError>());
    });

    test('is a failure even if the report of it fails', () async {
      onUnexpected = (error, stack) => throw StateError('another bug');
      addTearDown(() => onUnexpected = (error, stack) {});

      final result = await Result.of<int>(() async => throw StateError('bug'));

      expect(result, isA<Failed<int>>());
    });
  });

  group('an observable', () {
    test('tells the others when a listener fails', () {
      final heard = hearUnexpected();
      final seen = <int>[];
      final observable = Observable(0);
      observable
        ..addListener(() => throw StateError('a bug'))
        ..addListener(() => seen.add(observable.value))
        ..value = 1;

      expect(seen, [1]);
      expect(heard.single, isA<StateError>());
    });

    test('tells its listeners of changes only', () {
      var calls = 0;
      final observable = Observable(1)..addListener(() => calls++);

      observable
        ..value = 2
        ..value = 2;

      expect(calls, 1);
    });

    test('forgets a listener, even while telling', () {
      final observable = Observable(1);
      var calls = 0;
      void once() {
        calls++;
        observable.removeListener(once);
      }

      observable
        ..addListener(once)
        ..value = 2
        ..value = 3;

      expect(calls, 1);
    });
  });

  group('the system clock', () {
    test('tells the time in UTC', () {
      expect(const SystemClock().now().isUtc, isTrue);
    });

    test('ends a sleep when it is woken up', () async {
      await const SystemClock()
          .sleep(const Duration(hours: 1), wakeUp: Future.value());
    });

    test('ends a sleep when its time is over', () async {
      final never = Completer<void>().future;

      await const SystemClock()
          .sleep(const Duration(milliseconds: 1), wakeUp: never);
    });
  });

  group('one at a time', () {
    test('the second action begins when the first has ended', () async {
      final line = OneAtATime();
      final order = <String>[];
      final gate = Completer<void>();

      final first = line.run(() async {
        await gate.future;
        order.add('first');
      });
      final second = line.run(() async => order.add('second'));
      gate.complete();
      await Future.wait([first, second]);

      expect(order, ['first', 'second']);
    });

    test('an action that fails does not stop the next', () async {
      final line = OneAtATime();

      await expectLater(
        line.run<void>(() async => throw StateError('')),
        throwsStateError,
      );

      expect(await line.run(() async => 2), 2);
    });
  });

  test('a UUID is one of version 4, and never the same', () {
    final made = {for (var i = 0; i < 200; i++) newUuid()};

    expect(made, hasLength(200));
    expect(
      made,
      everyElement(
        matches(
          RegExp(
            r'^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-'
            r'[0-9a-f]{12}$',
          ),
        ),
      ),
    );
  });
}
