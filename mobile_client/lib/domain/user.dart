import 'json_reader.dart';

/// An account on a server.
final class User {
  const User({required this.id, required this.username, required this.email});

  factory User.fromJson(Object? json) {
    final fields = JsonReader.of(json);
    return User(
      id: fields.whole('id'),
      username: fields.text('username'),
      email: fields.text('email'),
    );
  }

  final int id;
  final String username;

  /// Empty if none was given.
  final String email;

  Map<String, Object?> toJson() =>
      {'id': id, 'username': username, 'email': email};
}
