import 'package:image_classifier/data/token_store.dart';

/// Keeps secrets for as long as a test runs.
class MemoryTokenStore implements TokenStore {
  MemoryTokenStore([Map<String, String>? values]) : values = values ?? {};

  final Map<String, String> values;

  @override
  Future<String?> read(String key) async => values[key];

  @override
  Future<void> write(String key, String value) async => values[key] = value;

  @override
  Future<void> delete(String key) async => values.remove(key);
}
