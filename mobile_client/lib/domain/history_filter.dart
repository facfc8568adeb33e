import 'answer.dart';
import 'feedback.dart';
import 'prediction.dart';

/// What was said of the predictions that are wanted.
enum FeedbackFilter { none, right, wrong }

/// Which part of the history is wanted, and in which order.
final class HistoryFilter {
  const HistoryFilter({
    this.label,
    this.search,
    this.feedback,
    this.answer,
    this.from,
    this.until,
    this.leastSureFirst = false,
  });

  /// Exactly this best label, with spaces or underscores.
  final String? label;

  /// A part of one of the labels.
  final String? search;
  final FeedbackFilter? feedback;
  final AnswerKind? answer;

  /// From this moment on.
  final DateTime? from;

  /// Before this moment.
  final DateTime? until;

  /// Whether what needs a look is on top, rather than the newest.
  final bool leastSureFirst;

  bool get isEmpty => query.isEmpty;

  /// As the server takes it.
  Map<String, String> get query => {
        if (label case final label? when label.isNotEmpty) 'label': label,
        if (search case final search? when search.trim().isNotEmpty)
          'search': search.trim(),
        if (feedback case final feedback?) 'feedback': feedback.name,
        if (answer case final answer?) 'answer': answer.name,
        if (from case final from?)
          'created_after': from.toUtc().toIso8601String(),
        if (until case final until?)
          'created_before': until.toUtc().toIso8601String(),
        if (leastSureFirst) 'ordering': 'probability',
      };

  /// The same with another [label]; null for any.
  HistoryFilter withLabel(String? label) => HistoryFilter(
        label: label,
        search: search,
        feedback: feedback,
        answer: answer,
        from: from,
        until: until,
        leastSureFirst: leastSureFirst,
      );

  /// The same with another [search].
  HistoryFilter withSearch(String? search) => HistoryFilter(
        label: label,
        search: search,
        feedback: feedback,
        answer: answer,
        from: from,
        until: until,
        leastSureFirst: leastSureFirst,
      );

  /// Decides as the server would.
  bool matches(Prediction prediction) {
    final part = _plain(query['search'] ?? '');
    final exact = query['label'];
    return (exact == null || _plain(prediction.label) == _plain(exact)) &&
        (part.isEmpty ||
            [
              prediction.label,
              for (final scored in prediction.top) scored.label,
            ].any((label) => _plain(label).contains(part))) &&
        (answer == null || prediction.answer.kind == answer) &&
        (feedback == null || _said(prediction) == feedback) &&
        (from == null || !prediction.createdAt.isBefore(from!)) &&
        (until == null || prediction.createdAt.isBefore(until!));
  }

  /// [all] in the order that is wanted; they come the newest first.
  List<Prediction> ordered(Iterable<Prediction> all) => leastSureFirst
      ? ([...all]..sort((a, b) => a.probability.compareTo(b.probability)))
      : [...all];

  FeedbackFilter _said(Prediction prediction) =>
      switch (prediction.feedback?.verdict) {
        null => FeedbackFilter.none,
        Verdict.right => FeedbackFilter.right,
        Verdict.wrong => FeedbackFilter.wrong,
      };

  String _plain(String label) => label.replaceAll('_', ' ').toLowerCase();

  @override
  bool operator ==(Object other) =>
      other is HistoryFilter && '${other.query}' == '$query';

  @override
  int get hashCode => '$query'.hashCode;
}
