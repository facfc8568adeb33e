import 'dart:io';

import '../../domain/user.dart';
import 'answer.dart';
import 'api_connection.dart';

/// GET me/
Future<User> getMe(ApiConnection connection, {CancelToken? cancel}) async =>
    readAnswer(
      await connection.send('GET', 'api/v1/me/', cancel: cancel),
      User.fromJson,
    );

/// DELETE me/: the account with all its photos.
Future<void> deleteMe(ApiConnection connection) =>
    connection.send('DELETE', 'api/v1/me/');

/// GET me/export/: everything the account has, as a zip in the file [to].
Future<void> exportMe(
  ApiConnection connection,
  File to, {
  CancelToken? cancel,
}) =>
    connection.download(
      connection.server.resolve('api/v1/me/export/'),
      to,
      cancel: cancel,
    );
