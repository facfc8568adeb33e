import 'json_reader.dart';
import 'prediction.dart';

/// A piece of the history, newest first.
final class PredictionPage {
  const PredictionPage({required this.results, this.next});

  factory PredictionPage.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return PredictionPage(
      results: fields.list('results', Prediction.fromJson),
      next: fields.maybe('next', fields.uri),
    );
  }

  final List<Prediction> results;

  /// Where the older ones are; null on the last page.
  final Uri? next;
}
