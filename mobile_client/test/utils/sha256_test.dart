import 'dart:convert';

import 'package:image_classifier/utils/sha256.dart';
import 'package:test/test.dart';

void main() {
  // From NIST's examples for FIPS 180-4.
  const vectors = {
    '': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'abc': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq':
        '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn'
            'hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu':
        'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
  };

  vectors.forEach((message, digest) {
    test('hashes ${message.length} bytes as NIST does', () {
      expect(Sha256.hexOf(utf8.encode(message)), digest);
    });
  });

  test('hashes a million letters a, given in uneven pieces', () {
    final hash = Sha256();
    var left = 1000000;
    for (var size = 1; left > 0; size = size * 7 % 5003 + 1) {
      final piece = size < left ? size : left;
      hash.add(List.filled(piece, 0x61));
      left -= piece;
    }

    expect(
      hash.closeToHex(),
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    );
  });

  // Lengths around the padding's borders, as Python's hashlib has them.
  const borders = {
    55: '9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318',
    56: 'b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a',
    63: '7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34',
    64: 'ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb',
    65: '635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0',
  };

  borders.forEach((length, digest) {
    test('pads $length bytes rightly', () {
      expect(Sha256.hexOf(List.filled(length, 0x61)), digest);
    });
  });

  test('the result does not depend on the pieces', () {
    final message = utf8.encode('a photo' * 40);
    final whole = Sha256.hexOf(message);

    for (var cut = 0; cut <= message.length; cut += 13) {
      final hash = Sha256()
        ..add(message.sublist(0, cut))
        ..add(message.sublist(cut));
      expect(hash.closeToHex(), whole);
    }
  });

  test('hexadecimal digits are read and written', () {
    expect(toHex([0, 15, 255]), '000fff');
    expect(fromHex('000fff'), [0, 15, 255]);
  });

  test('half a byte is no hexadecimal', () {
    expect(() => fromHex('fff'), throwsFormatException);
  });
}
