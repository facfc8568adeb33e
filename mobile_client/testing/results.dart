import 'package:image_classifier/data/api/api_exception.dart';
import 'package:image_classifier/utils/result.dart';

/// What was done; throws if it was not.
T valueOf<T>(Result<T> result) => switch (result) {
      Ok(:final value) => value,
      Failed(:final error) => throw error,
    };

/// Why it was not done; throws if it was.
ApiException failureIn<T>(Result<T> result) => switch (result) {
      Ok(:final value) => throw StateError('no failure but $value'),
      Failed(:final error) => error,
    };
