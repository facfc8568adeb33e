import 'package:image_classifier/domain/pairing_code.dart';
import 'package:test/test.dart';

void main() {
  const hex = '00112233445566778899aabbccddeeff'
      '00112233445566778899aabbccddeeff';
  const fingerprint = '00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:'
      '00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF';

  for (final (name, text) in [
    (
      'a link of the app',
      'imageclassifier://pair?server=https%3A%2F%2F192.168.1.5%3A8443'
          '&code=ABC-123&fingerprint=$hex',
    ),
    (
      'the page of the server',
      'https://192.168.1.5:8443/account/pair/?code=ABC-123&fingerprint=$hex',
    ),
    (
      'a secret in the fragment',
      ' https://192.168.1.5:8443/pair/#code=ABC-123&fingerprint=$fingerprint\n',
    ),
    (
      "the API's answer",
      '{"code": "ABC-123", "url": "https://192.168.1.5:8443/", '
          '"expires_at": "2026-05-01T12:00:00Z", "fingerprint": "$fingerprint"}',
    ),
  ]) {
    test('$name is read', () {
      final code = PairingCode.parse(text)!;

      expect(code.server, Uri.parse('https://192.168.1.5:8443/'));
      expect(code.code, 'ABC-123');
      expect(code.fingerprint, fingerprint);
      expect('$code', isNot(contains('ABC')));
    });
  }

  test('a server below a path stays there, without a certificate', () {
    final code = PairingCode.parse(
      'https://example.org/photos/account/pair/?code=1',
    )!;

    expect(code.server, Uri.parse('https://example.org/photos/'));
    expect(code.fingerprint, isNull);
  });

  for (final text in [
    '',
    'hello',
    'https://example.org/',
    'https://example.org/?code=',
    'imageclassifier://pair?code=1',
    'imageclassifier://pair?code=1&server=javascript:alert(1)',
    'imageclassifier://pair?code=1&server=file:///etc/passwd',
    'WIFI:S:home;T:WPA;P:secret;;',
    '{"code": 1}',
    '{"code": "1"',
    '[1]',
    'https://[::?code=1',
  ]) {
    test('"$text" is none', () {
      expect(PairingCode.parse(text), isNull);
    });
  }

  test('a fingerprint that is none is left out, so that it is asked for', () {
    final code = PairingCode.parse('https://a.example/?code=1&fingerprint=x')!;

    expect(code.fingerprint, isNull);
  });
}
