import 'package:image_classifier/data/server_address.dart';
import 'package:test/test.dart';

void main() {
  const understood = {
    '192.168.1.5:8000': 'http://192.168.1.5:8000/',
    ' 10.0.0.2 ': 'http://10.0.0.2/',
    'photos.example.org': 'https://photos.example.org/',
    'photos.example.org:8443': 'https://photos.example.org:8443/',
    'https://example.org/photos': 'https://example.org/photos/',
    'https://example.org/photos/?a=1#b': 'https://example.org/photos/',
    'raspberry': 'http://raspberry/',
    'raspberry.local:8000': 'http://raspberry.local:8000/',
    'http://[fe80::1]:8000': 'http://[fe80::1]:8000/',
    'HTTPS://Example.ORG': 'https://example.org/',
  };
  understood.forEach((typed, address) {
    test('"$typed" is $address', () {
      final parsed = ServerAddress.parse(typed);

      expect('${parsed.uri}', address);
      expect(parsed.problem, isNull);
      expect(parsed.isUsable, isTrue);
    });
  });

  for (final typed in ['', '   ']) {
    test('"$typed" is empty', () {
      final parsed = ServerAddress.parse(typed);

      expect(parsed.problem, AddressProblem.empty);
      expect(parsed.isUsable, isFalse);
    });
  }

  for (final typed in [
    'ftp://example.org',
    'http://',
    'my server',
    'http://user:password@example.org',
    'example.org:99999',
    'http://ex^ample',
    '/photos',
  ]) {
    test('"$typed" is no address', () {
      final parsed = ServerAddress.parse(typed);

      expect(parsed.problem, AddressProblem.notAnAddress);
      expect(parsed.uri, isNull);
    });
  }

  for (final typed in ['localhost:8000', '127.0.0.1', 'http://[::1]/']) {
    test('"$typed" is the phone itself, but may be used', () {
      final parsed = ServerAddress.parse(typed);

      expect(parsed.problem, AddressProblem.localhostMeansPhone);
      expect(parsed.isUsable, isTrue);
    });
  }

  for (final typed in ['http://photos.example.org', 'http://8.8.8.8:80']) {
    test('"$typed" is warned of, but may be used', () {
      final parsed = ServerAddress.parse(typed);

      expect(parsed.problem, AddressProblem.insecureRemote);
      expect(parsed.isUsable, isTrue);
    });
  }

  const hosts = {
    '172.15.0.1': false,
    '172.16.0.1': true,
    '172.31.255.255': true,
    '172.32.0.1': false,
    '192.168.0.1': true,
    '192.169.0.1': false,
    '100.64.0.1': true,
    'fd00::1': true,
    '2001:db8::1': false,
    'nas.lan': true,
    'example.org': false,
  };
  hosts.forEach((host, isLocal) {
    test('$host is ${isLocal ? '' : 'not '}in the own network', () {
      expect(isLocalHost(host), isLocal);
    });
  });
}
