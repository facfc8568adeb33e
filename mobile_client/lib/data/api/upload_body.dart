import 'dart:convert';
import 'dart:io';

import '../../utils/uuid.dart';

/// A photo as a multipart form, read from the file while it is sent.
class UploadBody {
  UploadBody({required this.file, required this.bytes, String? boundary})
      : _boundary = boundary ?? newUuid();

  final File file;

  /// The size of [file].
  final int bytes;
  final String _boundary;

  /// The size of the whole body.
  int get length => _head.length + bytes + _tail.length;

  String get contentType => 'multipart/form-data; boundary=$_boundary';

  /// The body, in pieces; a fresh one with each call.
  Stream<List<int>> open() async* {
    yield _head;
    yield* file.openRead(0, bytes);
    yield _tail;
  }

  List<int> get _head => utf8.encode(
        '--$_boundary\r\n'
        'Content-Disposition: form-data; name="image"; filename="photo"\r\n'
        'Content-Type: application/octet-stream\r\n\r\n',
      );

  List<int> get _tail => utf8.encode('\r\n--$_boundary--\r\n');
}
