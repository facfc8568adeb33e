import 'dart:convert';
import 'dart:io';

import 'package:image_classifier/data/api/api_connection.dart';
import 'package:image_classifier/data/api/predictions_api.dart';
import 'package:image_classifier/data/storage/app_folder.dart';
import 'package:image_classifier/data/upload/upload_store.dart';
import 'package:image_classifier/data/upload_queue.dart';
import 'package:image_classifier/domain/queued_upload.dart';
import 'package:image_classifier/utils/observable.dart';
import 'package:test/test.dart';

import '../../../testing/examples.dart';
import '../../../testing/fake_clock.dart';
import '../../../testing/raw_server.dart';
import '../../../testing/until.dart';

/// Whatever answers an upload, the photo keeps its words, it can be sent
/// again, and the next photo goes.
void main() {
  late RawServer server;
  late Directory root;
  setUp(() async {
    server = await RawServer.start();
    root = temporaryFolder();
  });
  tearDown(() async {
    await server.stop();
    root.deleteSync(recursive: true);
  });

  test('there are at least forty', () {
    expect(_answers.length, greaterThanOrEqualTo(40));
  });

  for (final MapEntry(key: name, value: answer) in _answers.entries) {
    test('$name: both photos are classified in the end', () async {
      server
        ..otherwise = rawAnswer('201 Created', jsonEncode(predictionJson()))
        ..answers.add(answer);
      final connection = ApiConnection(
        server: server.address,
        timeout: const Duration(seconds: 5),
      );
      final queue = UploadQueue(
        store: UploadStore(AppFolder(root)),
        session: Observable(exampleSession()),
        clock: HastyClock(),
        send: (upload, {required onProgress, required cancel}) =>
            createPrediction(
          connection,
          photo: File(upload.path),
          bytes: upload.bytes,
          sha256: upload.sha256,
          idempotencyKey: upload.idempotencyKey,
          onProgress: onProgress,
          cancel: cancel,
        ),
      );
      final problems = <UploadProblem>[];
      queue.uploads.addListener(() {
        for (final upload in queue.uploads.value) {
          if (upload.problem case final problem?) problems.add(problem);
          if (upload.state == UploadState.needsYou) queue.retry(upload.id);
        }
      });
      await queue.start();

      for (final photo in ['one', 'two']) {
        await queue.add(File('${root.path}/$photo')..writeAsStringSync(photo));
      }
      await until(
        queue.uploads,
        (all) =>
            all.length == 2 &&
            all.every((upload) => upload.state == UploadState.done),
      );

      expect(problems, isNotEmpty);
      await queue.stop();
      connection.close();
    });
  }
}

final String _good = jsonEncode(predictionJson());

List<int> _json(String body) => rawAnswer('201 Created', body);

List<int> _with(List<String> headers, {String? body}) =>
    rawAnswer('201 Created', body ?? _good, headers: headers);

Map<String, Object?> _but(Map<String, Object?> changes) =>
    {...predictionJson(), ...changes};

final Map<String, List<int>> _answers = {
  'nothing at all': const [],
  'no HTTP': utf8.encode('hello\r\n\r\n'),
  'another protocol': utf8.encode('SSH-2.0-OpenSSH_9.6\r\n'),
  'bytes at random': [for (var i = 0; i < 999; i++) (i * 89) & 0xff],
  'half a head': utf8.encode('HTTP/1.1 201 Cre'),
  'a body that is cut': rawAnswer('201 Created', _good)
    .sublist(0, rawAnswer('201 Created', _good).length - 40),
  'a length that lies': rawAnswer('201 Created', _good,
      headers: ['Content-Length: 99999'], withLength: false),
  'a length of two': _with(['Content-Length: 5']),
  'a length below zero': rawAnswer('201 Created', _good,
      headers: ['Content-Length: -4'], withLength: false),
  'gzip that is none': _with(['Content-Encoding: gzip']),
  'gzip that is none, as text': _with(
    ['Content-Encoding: gzip', 'Content-Type: text/html'],
    body: '<html>',
  ),
  'gzip that is cut': [
    ...rawAnswer('201 Created', '',
        headers: ['Content-Encoding: gzip'], withLength: false),
    ...gzip.encode(utf8.encode(_good)).take(40),
  ],
  'chunks that are none':
      rawAnswer('201 Created', _good,
          headers: ['Transfer-Encoding: chunked'], withLength: false),
  'a page of a hotel': rawAnswer('200 OK', '<html>Welcome!</html>',
      headers: ['Content-Type: text/html']),
  'no body': _json(''),
  'a word': _json('"hello"'),
  'null': _json('null'),
  'a list': _json('[]'),
  'an empty object': _json('{}'),
  'half of its JSON': _json(_good.substring(0, 100)),
  'not UTF-8': [...rawAnswer('201 Created', '', withLength: false), 0xff, 0xfe],
  'a thousand brackets': _json('[' * 1000),
  'two hundred thousand brackets': _json('[' * 200000),
  'an id of another type': _json(jsonEncode(_but({'id': 7}))),
  'no time': _json(jsonEncode(_but({'created_at': 'yesterday'}))),
  'a probability in words': _json(jsonEncode(_but({'probability': 'high'}))),
  'labels that are none': _json(jsonEncode(_but({'top': 'cat'}))),
  'labels of another shape': _json(jsonEncode(_but({'top': [1, 2]}))),
  'no picture': _json(jsonEncode(_but({'image': null}))),
  'an address that is none': _json(
    jsonEncode(_but({
      'image': {...predictionJson()['image']! as Map, 'url': 'http://[::'},
    })),
  ),
  'a number too large': _json(_good.replaceFirst('1600', '1e999')),
  'switching protocols': rawAnswer('101 Switching Protocols', ''),
  'accepted, with nothing': rawAnswer('202 Accepted', '{}'),
  'no content': rawAnswer('204 No Content', '', withLength: false),
  'a redirect to nowhere': rawAnswer('302 Found', ''),
  'a redirect to no address':
      rawAnswer('302 Found', '', headers: ['Location: http://[::']),
  'a redirect to another server':
      rawAnswer('307 Temporary', '', headers: ['Location: http://1.2.3.4/']),
  'a redirect to a file':
      rawAnswer('302 Found', '', headers: ['Location: file:///etc/passwd']),
  'a rejection without words': rawAnswer('400 Bad Request', ''),
  'a rejection of another shape':
      rawAnswer('400 Bad Request', '{"errors": [1, {"code": 2}]}'),
  'a rejection as a page': rawAnswer('404 Not Found', '<html>',
      headers: ['Content-Type: text/html']),
  'a wait that is none':
      rawAnswer('429 Too Many', '{}', headers: ['Retry-After: soon']),
  'two waits': rawAnswer('503 Busy', '{}',
      headers: ['Retry-After: 1', 'Retry-After: 2']),
  'a wait without end':
      rawAnswer('503 Busy', '{}', headers: ['Retry-After: 99999999999999999']),
  'a failure': rawAnswer('500 Oh', 'Traceback'),
  'a status that is none': rawAnswer('999 What', '{}'),
};
