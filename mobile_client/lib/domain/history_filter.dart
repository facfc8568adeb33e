import 'prediction.dart';

/// Which part of the history is wanted.
final class HistoryFilter {
  const HistoryFilter({this.label, this.search});

  /// Exactly this best label, with spaces or underscores.
  final String? label;

  /// A part of the best label.
  final String? search;

  bool get isEmpty => query.isEmpty;

  /// As the server takes it.
  Map<String, String> get query => {
        if (label case final label? when label.isNotEmpty) 'label': label,
        if (search case final search? when search.isNotEmpty) 'search': search,
      };

  /// Decides as the server would.
  bool matches(Prediction prediction) {
    final name = _plain(prediction.label);
    final exact = _plain(query['label'] ?? name);
    final part = _plain(query['search'] ?? '');
    return name == exact && name.toLowerCase().contains(part.toLowerCase());
  }

  String _plain(String label) => label.replaceAll('_', ' ');

  @override
  bool operator ==(Object other) =>
      other is HistoryFilter && other.label == label && other.search == search;

  @override
  int get hashCode => Object.hash(label, search);
}
