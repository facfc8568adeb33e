// SHA-256 as hexadecimal digits. Browsers have their own on https and on this machine alone; FIPS 180-4 says how it goes.
"use strict";

window.classifierPages ??= {};

(() => {
  const BLOCK_BYTES = 64;
  const PRIMES = firstPrimes(64);
  const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
  const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

  window.classifierPages.sha256 = async (file) => {
    const bytes = await file.arrayBuffer();
    const digest = crypto.subtle ? await crypto.subtle.digest("SHA-256", bytes) : digestOf(new Uint8Array(bytes));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  window.classifierPages.digestOf = digestOf;

  function digestOf(bytes) {
    const state = Int32Array.from(START);
    const words = new Int32Array(64);
    const whole = bytes.length - (bytes.length % BLOCK_BYTES);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < whole; at += BLOCK_BYTES) mix(state, words, view, at);
    const end = padded(bytes.subarray(whole), bytes.length);
    for (let at = 0; at < end.byteLength; at += BLOCK_BYTES) mix(state, words, end, at);
    const digest = new DataView(new ArrayBuffer(32));
    state.forEach((word, index) => digest.setInt32(4 * index, word));
    return digest.buffer;
  }

  // What is left after the last whole block, a one, zeros, and how many bits there were.
  function padded(rest, length) {
    const end = new Uint8Array(rest.length + 9 > BLOCK_BYTES ? 2 * BLOCK_BYTES : BLOCK_BYTES);
    end.set(rest);
    end[rest.length] = 0x80;
    const view = new DataView(end.buffer);
    view.setBigUint64(end.length - 8, BigInt(length) * 8n);
    return view;
  }

  function mix(state, words, view, at) {
    for (let t = 0; t < 16; t += 1) words[t] = view.getInt32(at + 4 * t);
    for (let t = 16; t < 64; t += 1) {
      const [early, late] = [words[t - 15], words[t - 2]];
      const small0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      const small1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
      words[t] = (words[t - 16] + small0 + words[t - 7] + small1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t += 1) {
      const big1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const first = (h + big1 + ((e & f) ^ (~e & g)) + ROUNDS[t] + words[t]) | 0;
      const big0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
      const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] = (state[index] + word) | 0; });
  }

  function turned(word, by) {
    return (word >>> by) | (word << (32 - by));
  }

  // The first 32 bits after the point.
  function fraction(number) {
    return Math.floor((number - Math.floor(number)) * 2 ** 32) | 0;
  }

  function firstPrimes(count) {
    const primes = [];
    for (let n = 2; primes.length < count; n += 1) {
      if (primes.every((prime) => n % prime)) primes.push(n);
    }
    return primes;
  }
})();
