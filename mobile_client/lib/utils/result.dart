import '../data/api/api_exception.dart';
import 'unexpected.dart';

/// What a repository answers: a value or the failure to show.
sealed class Result<T> {
  const Result();

  /// Runs [action]. Every exception becomes a failure with words for people;
  /// one that nobody foresaw is kept for a report as well.
  static Future<Result<T>> of<T>(Future<T> Function() action) async {
    try {
      return Ok(await action());
    } on ApiException catch (error) {
      return Failed(error);
    } on Object catch (error, stack) {
      reportUnexpected(error, stack);
      return Failed(UnexpectedException('$error'));
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
