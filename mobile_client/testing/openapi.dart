import 'dart:io';

/// What the server's OpenAPI schema says, as far as the app needs it.
///
/// Reads the YAML that Django writes by its indentation; it is no YAML
/// parser.
class OpenApi {
  OpenApi._(this._lines);

  factory OpenApi.ofCheckout() =>
      OpenApi._([
        for (final line in File('../docs/openapi.yaml').readAsLinesSync())
          if (line.trim().isNotEmpty) line,
      ]);

  final List<String> _lines;

  /// The paths, each with its methods in capitals.
  late final Map<String, Set<String>> paths = {
    for (final path in _childrenOf(['paths']))
      path: {
        for (final method in _childrenOf(['paths', path])) method.toUpperCase(),
      },
  };

  /// The fields of a schema.
  Set<String> fieldsOf(String schema) =>
      _childrenOf(['components', 'schemas', schema, 'properties']).toSet();

  /// The names of the parameters of an operation, in the query or headers.
  Set<String> parametersOf(String path, String method) =>
      _named(_linesUnder(['paths', path, method.toLowerCase()]), 'name');

  /// Every code of an error that the schema names.
  late final Set<String> errorCodes = _named(_lines, 'code');

  Set<String> _named(Iterable<String> lines, String key) {
    final pattern = RegExp('^\\s*(?:- )?$key: [\'"]?([\\w-]+)[\'"]?\$');
    return {
      for (final line in lines)
        if (pattern.firstMatch(line) case final match?) match[1]!,
    };
  }

  List<String> _childrenOf(List<String> keys) {
    final block = _linesUnder(keys).toList();
    if (block.isEmpty) return const [];
    final indent = _indentOf(block.first);
    return [
      for (final line in block)
        if (_indentOf(line) == indent && line.contains(':'))
          line.substring(indent, line.indexOf(RegExp(r':( |$)'), indent)),
    ];
  }

  Iterable<String> _linesUnder(List<String> keys) {
    var lines = _lines;
    for (final key in keys) {
      final indent = lines.isEmpty ? 0 : _indentOf(lines.first);
      final at = lines.indexWhere(
        (line) => _indentOf(line) == indent && line.trim() == '$key:',
      );
      if (at < 0) return const [];
      lines = [
        ...lines.skip(at + 1).takeWhile((line) => _indentOf(line) > indent),
      ];
    }
    return lines;
  }

  int _indentOf(String line) => line.length - line.trimLeft().length;
}
