import 'dart:io';

import 'package:image_classifier/data/api/api_connection.dart';
import 'package:image_classifier/data/api/api_exception.dart';
import 'package:test/test.dart';

import '../../../testing/connected.dart';
import '../../../testing/examples.dart';
import '../../../testing/fake_server.dart';

void main() {
  late FakeServer server;
  late ApiConnection connection;
  setUp(() async => (server, connection) = await startConnected());

  group('bytes and download', () {
    late Directory folder;
    setUp(() => folder = temporaryFolder());
    tearDown(() => folder.deleteSync(recursive: true));

    test('bytes gives the body as it is', () async {
      server.on('/p', (response, _) => response.add([1, 2, 3]));

      final bytes = await connection.bytes(server.address.resolve('p'));

      expect(bytes, [1, 2, 3]);
    });

    test('a picture that is gone is a rejection', () async {
      await expectLater(
        connection.bytes(server.address.resolve('p')),
        throwsA(isA<RejectedException>().having((e) => e.status, 's', 404)),
      );
    });

    test('download writes the body to a file', () async {
      final large = List.generate(300000, (i) => i & 0xff);
      server.on('/z', (response, _) => response.add(large));
      final file = File('${folder.path}/z.zip');

      await connection.download(server.address.resolve('z'), file);

      expect(file.readAsBytesSync(), large);
      expect(folder.listSync(), hasLength(1));
    });

    test('a download that breaks off leaves no file', () async {
      server.on('/z', (response, _) async {
        final socket = await response.detachSocket(writeHeaders: false);
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf');
        await socket.flush();
        await socket.close();
      });

      await expectLater(
        connection.download(
          server.address.resolve('z'),
          File('${folder.path}/z.zip'),
        ),
        throwsA(isA<OfflineException>()),
      );

      expect(folder.listSync(), isEmpty);
    });

    test('a download to where nothing can be written says so', () async {
      server.on('/z', (response, _) => response.add([1]));

      await expectLater(
        connection.download(
          server.address.resolve('z'),
          File('${folder.path}/missing/z.zip'),
        ),
        throwsA(isA<PhoneStorageException>()),
      );
    });
  });
}
