import 'package:image_classifier/domain/app_link.dart';
import 'package:test/test.dart';

void main() {
  const id = '0b0d5b6e-9f43-4f0e-8d0a-1d9f6a3b7c11';

  for (final link in [
    'imageclassifier://prediction/$id',
    'imageclassifier:///prediction/$id',
    '/prediction/$id',
    'https://example.org/photos/predictions/$id/',
  ]) {
    test('$link leads to a prediction', () {
      final parsed = AppLink.parse(Uri.parse(link));

      expect(parsed, isA<PredictionLink>().having((p) => p.id, 'id', id));
    });
  }

  test('a link that is given away leads back', () {
    final link = AppLink.parse(const PredictionLink(id).uri);

    expect((link! as PredictionLink).id, id);
  });

  test('a code for pairing is one', () {
    final link = AppLink.parse(
      Uri.parse('imageclassifier://pair?server=http://10.0.0.2:8000&code=1'),
    );

    expect((link! as PairingLink).code.server.host, '10.0.0.2');
  });

  for (final photo in [
    'file:///private/var/mobile/Documents/Inbox/IMG%200001.jpeg',
    'file:///private/var/tmp/org.example.app-Inbox/IMG_1.heic',
  ]) {
    test('$photo is a photo that another app opened with this one', () {
      final link = AppLink.parse(Uri.parse(photo));

      expect((link! as PhotoLink).uri, Uri.parse(photo));
    });
  }

  for (final link in [
    'file:///data/data/org.example.app/files/token',
    'file:///var/Documents/Inbox/',
    'file:///var/Documents/Inbox/../token',
    'file:///var/Documents/Inbox/%2E%2E/token',
    'file:///var/Documents/NotAnInbox/photo.jpg',
    'file:///Inbox',
    '/',
    'imageclassifier://',
    'imageclassifier://prediction/',
    'imageclassifier://prediction/..%2F..%2Fme',
    'imageclassifier://else/$id',
    'https://example.org/',
  ]) {
    test('$link leads nowhere', () {
      expect(AppLink.parse(Uri.parse(link)), isNull);
    });
  }
}
