/**
 * Philox4x32-10, the counter-based generator of Salmon et al. 2011 ("Parallel random numbers: as easy as 1, 2, 3"):
 * the n-th block of four 32-bit words is a function of key and counter alone, the same in every engine.
 */
export type Key = readonly [number, number];
export type Counter = readonly [number, number, number, number];

const multipliers = [0xd2511f53, 0xcd9e8d57] as const;
const weyl = [0x9e3779b9, 0xbb67ae85] as const;
const rounds = 10;

/** The upper 32 bits of a 64-bit product; each partial product fits the 53 bits of a double. */
const high = (a: number, b: number): number =>
  Math.floor((a * (b >>> 16) + Math.floor((a * (b & 0xffff)) / 0x10000)) / 0x10000);

/** The block of `counter`, written to `out` from `at` on. Words are unsigned, the low one first. */
export function writeBlock(
  [c0, c1, c2, c3]: Counter,
  [k0, k1]: Key,
  out: Uint32Array,
  at: number,
): void {
  for (let round = 0; round < rounds; round++) {
    const [high0, low0] = [high(c0, multipliers[0]), Math.imul(c0, multipliers[0])];
    const [high1, low1] = [high(c2, multipliers[1]), Math.imul(c2, multipliers[1])];
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1 >>> 0, (high0 ^ c3 ^ k1) >>> 0, low0 >>> 0];
    [k0, k1] = [(k0 + weyl[0]) >>> 0, (k1 + weyl[1]) >>> 0];
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
