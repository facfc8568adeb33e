import 'dart:typed_data';

/// SHA-256 (FIPS 180-4) of bytes that come in pieces of any size.
class Sha256 {
  final Uint32List _state = Uint32List.fromList(_initial);
  final Uint32List _words = Uint32List(64);
  final Uint8List _block = Uint8List(_blockBytes);
  int _filled = 0;
  int _lengthBytes = 0;

  /// The hash of [bytes] as 64 lower-case hexadecimal digits.
  static String hexOf(List<int> bytes) => (Sha256()..add(bytes)).closeToHex();

  /// Takes the next piece.
  void add(List<int> bytes) {
    _lengthBytes += bytes.length;
    var taken = 0;
    while (taken < bytes.length) {
      final room = _blockBytes - _filled;
      final rest = bytes.length - taken;
      final count = rest < room ? rest : room;
      _block.setRange(_filled, _filled + count, bytes, taken);
      _filled += count;
      taken += count;
      if (_filled == _blockBytes) _compress();
    }
  }

  /// Ends the message and gives its 32 bytes; call it once.
  Uint8List close() {
    final lengthBits = _lengthBytes * 8;
    _block[_filled++] = 0x80;
    if (_filled > _blockBytes - 8) {
      _block.fillRange(_filled, _blockBytes, 0);
      _compress();
    }
    _block.fillRange(_filled, _blockBytes - 8, 0);
    ByteData.sublistView(_block)
      ..setUint32(56, lengthBits ~/ 0x100000000)
      ..setUint32(60, lengthBits & _mask);
    _compress();
    final digest = ByteData(32);
    for (var i = 0; i < 8; i++) {
      digest.setUint32(4 * i, _state[i]);
    }
    return digest.buffer.asUint8List();
  }

  /// As [close], in lower-case hexadecimal.
  String closeToHex() => toHex(close());

  void _compress() {
    final w = _words;
    final block = ByteData.sublistView(_block);
    for (var t = 0; t < 16; t++) {
      w[t] = block.getUint32(4 * t);
    }
    for (var t = 16; t < 64; t++) {
      final x = w[t - 15], y = w[t - 2];
      final s0 = _rotate(x, 7) ^ _rotate(x, 18) ^ (x >>> 3);
      final s1 = _rotate(y, 17) ^ _rotate(y, 19) ^ (y >>> 10);
      w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    var a = _state[0], b = _state[1], c = _state[2], d = _state[3];
    var e = _state[4], f = _state[5], g = _state[6], h = _state[7];
    for (var t = 0; t < 64; t++) {
      final s1 = _rotate(e, 6) ^ _rotate(e, 11) ^ _rotate(e, 25);
      final choice = (e & f) ^ (~e & _mask & g);
      final t1 = h + s1 + choice + _constants[t] + w[t];
      final s0 = _rotate(a, 2) ^ _rotate(a, 13) ^ _rotate(a, 22);
      final majority = (a & b) ^ (a & c) ^ (b & c);
      h = g;
      g = f;
      f = e;
      e = (d + t1) & _mask;
      d = c;
      c = b;
      b = a;
      a = (t1 + s0 + majority) & _mask;
    }
    _state[0] += a;
    _state[1] += b;
    _state[2] += c;
    _state[3] += d;
    _state[4] += e;
    _state[5] += f;
    _state[6] += g;
    _state[7] += h;
    _filled = 0;
  }
}

/// [bytes] as lower-case hexadecimal digits.
String toHex(List<int> bytes) =>
    [for (final b in bytes) b.toRadixString(16).padLeft(2, '0')].join();

/// The bytes that [hex] spells; throws a [FormatException] if it spells none.
Uint8List fromHex(String hex) {
  if (hex.length.isOdd) throw FormatException('half a byte', hex);
  return Uint8List.fromList([
    for (var i = 0; i < hex.length; i += 2)
      int.parse(hex.substring(i, i + 2), radix: 16),
  ]);
}

const int _blockBytes = 64;
const int _mask = 0xffffffff;

int _rotate(int x, int bits) => (x >>> bits) | (x << (32 - bits) & _mask);

/// Fractional parts of the square roots of the first 8 primes.
const List<int> _initial = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/// Fractional parts of the cube roots of the first 64 primes.
const List<int> _constants = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
  0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
  0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
  0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
  0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
  0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];
