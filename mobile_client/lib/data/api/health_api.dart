import '../../domain/json_reader.dart';
import 'answer.dart';
import 'api_connection.dart';
import 'api_exception.dart';

/// GET /livez, then /readyz: whether the server can classify now.
///
/// Throws a [MalformedAnswerException] if what answers is none of our
/// servers.
Future<bool> isServerReady(ApiConnection connection) async {
  try {
    _expectStatus(await connection.send('GET', 'livez'));
    _expectStatus(await connection.send('GET', 'readyz'));
    return true;
  } on OverloadedException {
    return false;
  } on RejectedException catch (rejection) {
    throw MalformedAnswerException('$rejection');
  }
}

void _expectStatus(Object? json) {
  final status = readAnswer(json, (json) => JsonReader.of(json).text('status'));
  if (status != 'ok') throw MalformedAnswerException('status "$status"');
}
