import '../data/api/api_exception.dart';

/// What a repository answers: a value or the failure to show.
sealed class Result<T> {
  const Result();

  /// Runs [action] and catches the failures that have words for people.
  static Future<Result<T>> of<T>(Future<T> Function() action) async {
    try {
      return Ok(await action());
    } on ApiException catch (error) {
      return Failed(error);
    }
  }
}

/// The action was done.
final class Ok<T> extends Result<T> {
  const Ok(this.value);

  final T value;
}

/// The action was not done, and why.
final class Failed<T> extends Result<T> {
  const Failed(this.error);

  final ApiException error;
}
