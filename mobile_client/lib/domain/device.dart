import 'json_reader.dart';

/// A device that is signed in to the account.
final class Device {
  const Device({
    required this.id,
    required this.name,
    required this.createdAt,
    required this.lastUsedAt,
    required this.expiresAt,
    required this.isCurrent,
  });

  factory Device.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return Device(
      id: fields.text('id'),
      name: fields.text('device_name'),
      createdAt: fields.time('created_at'),
      lastUsedAt: fields.maybe('last_used_at', fields.time),
      expiresAt: fields.time('expires_at'),
      isCurrent: fields.flag('is_current'),
    );
  }

  final String id;

  /// As the device called itself when it signed in; may be empty.
  final String name;
  final DateTime createdAt;
  final DateTime? lastUsedAt;
  final DateTime expiresAt;

  /// Whether it is this one.
  final bool isCurrent;
}
