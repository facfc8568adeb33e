/// Reads the fields of a decoded JSON object.
///
/// What is missing or of another type is a [FormatException] that names it.
final class JsonReader {
  const JsonReader._(this._fields);

  factory JsonReader.of(Object? json) => json is Map<String, Object?>
      ? JsonReader._(json)
      : throw FormatException('an object was expected', json);

  final Map<String, Object?> _fields;

  String text(String name) => _typed<String>(name);

  int whole(String name) => _typed<int>(name);

  double number(String name) => _typed<num>(name).toDouble();

  bool flag(String name) => _typed<bool>(name);

  DateTime time(String name) => DateTime.parse(text(name)).toUtc();

  Uri uri(String name) => Uri.parse(text(name));

  /// The field as [read] reads it, or null if it is null or missing.
  T? maybe<T>(String name, T Function(String name) read) =>
      _fields[name] == null ? null : read(name);

  /// The field as [fromJson] reads it.
  T object<T>(String name, T Function(Object? json) fromJson) =>
      fromJson(_typed<Map<String, Object?>>(name));

  /// The elements of the field as [fromJson] reads them.
  List<T> list<T>(String name, T Function(Object? json) fromJson) =>
      List.unmodifiable(_typed<List<Object?>>(name).map(fromJson));

  T _typed<T>(String name) {
    final value = _fields[name];
    return value is T
        ? value
        : throw FormatException('"$name" is not a $T', value);
  }
}
