/**
 * Philox4x32-10, the counter-based generator of Salmon et al. 2011 ("Parallel random numbers: as easy as 1, 2, 3"):
 * the n-th block of four 32-bit words is a function of key and counter alone, the same in every engine.
 */
export type Key = readonly [number, number];
export type Counter = readonly [number, number, number, number];

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9;
const weyl1 = 0xbb67ae85;
const rounds = 10;

/** The upper 32 bits of a 64-bit product, from products of 16-bit halves: no step overflows 32 bits. */
function high(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const other = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (other >>> 16)) | 0;
}

/** The block of `counter`, written to `out` from `at` on; of counter and key the low word comes first. */
export function writeBlock(counter: Counter, key: Key, out: Uint32Array, at: number): void {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < rounds; round++) {
    const [first, second] = [high(c0, multiplier0), high(c2, multiplier1)];
    const [low0, low1] = [Math.imul(c0, multiplier0), Math.imul(c2, multiplier1)];
    c0 = second ^ c1 ^ k0;
    c1 = low1;
    c2 = first ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + weyl0) | 0;
    k1 = (k1 + weyl1) | 0;
  }
  out[at] = c0;
  out[at + 1] = c1;
  out[at + 2] = c2;
  out[at + 3] = c3;
}

/**
 * The first `count` words of the stream of `key` that starts at the counter [0, 0, ...stream]. Blocks are counted in
 * the low word, so a stream holds 2^34 words.
 */
export function philox(key: Key, stream: readonly [number, number], count: number): Uint32Array {
  const words = new Uint32Array(Math.ceil(count / 4) * 4);
  for (let block = 0; block < words.length / 4; block++) {
    writeBlock([block, 0, stream[0], stream[1]], key, words, block * 4);
  }
  return words.subarray(0, count);
}

/** FNV-1a, 32 bits, over the UTF-8 bytes of `text` (Fowler, Noll and Vo). */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}
