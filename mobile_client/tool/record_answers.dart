/// Writes answers of the real server to `testing/recorded/`, from which the
/// tests of `fromJson` read them. Run it from `mobile_client/`.
library;

import 'dart:convert';
import 'dart:io';

import 'package:image_classifier/data/api/api_connection.dart';

import '../testing/live_server.dart';

Future<void> main() async {
  final reason = LiveServer.whyNot;
  if (reason != null) throw StateError(reason);
  final server = await LiveServer.start();
  try {
    await _record(server);
  } finally {
    await server.delete();
  }
}

Future<void> _record(LiveServer server) async {
  String? token;
  final connection = ApiConnection(
    server: server.address,
    token: () => token,
  );
  final photo = server.photo;
  UploadBody body() => UploadBody(file: photo, bytes: photo.lengthSync());

  final issued = await connection.send(
    'POST',
    'api/v1/auth/register/',
    json: {
      'username': 'ada',
      'password': 'correct horse battery',
      'email': 'ada@example.org',
      'device_name': 'phone',
    },
  );
  token = (issued! as Map<String, Object?>)['token']! as String;
  await connection.send('POST', 'api/v1/predictions/', upload: body());
  _write(
    'prediction',
    await connection.send('POST', 'api/v1/predictions/', upload: body()),
  );
  const paths = {
    'page': 'api/v1/predictions/?page_size=1',
    'tokens': 'api/v1/auth/tokens/',
    'me': 'api/v1/me/',
    'models': 'api/v1/models/',
  };
  for (final MapEntry(key: name, value: path) in paths.entries) {
    _write(name, await connection.send('GET', path));
  }
  connection.close();
}

void _write(String name, Object? json) {
  final text = const JsonEncoder.withIndent('  ').convert(json);
  File('testing/recorded/$name.json')
    ..createSync(recursive: true)
    ..writeAsStringSync('$text\n');
}
