import 'package:image_classifier/utils/unexpected.dart';
import 'package:test/test.dart';

/// What is reported as unexpected from now on, until the test ends.
List<Object> hearUnexpected() {
  final heard = <Object>[];
  onUnexpected = (error, stack) => heard.add(error);
  addTearDown(() => onUnexpected = (error, stack) {});
  return heard;
}

/// One of everything that code can throw, and a name for it.
final Map<String, Object> whateverIsThrown = {
  'an exception': Exception('any'),
  'a format': const FormatException('not gzip'),
  'a bug': StateError('a bug'),
  'an argument': ArgumentError('a bug'),
  'a range': RangeError('a bug'),
  'a cast': TypeError(),
  'a stack': StackOverflowError(),
  'memory': OutOfMemoryError(),
  'an assertion': AssertionError(),
  'a text': 'just a text',
  'a number': 42,
};
