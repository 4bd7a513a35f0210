import { inflateSync } from 'node:zlib';
import type { TiffPage } from './tiff-pages.js';

/** How a block of samples is unpacked, by the number of its compression; a block ends at `length` bytes. */
const unpackers: Readonly<Record<number, (packed: Buffer, length: number) => Buffer>> = {
  1: (packed) => packed,
  5: fromLzw,
  8: (packed) => inflateSync(packed),
  32946: (packed) => inflateSync(packed),
  32773: fromPackBits,
};

/** The bytes of a strip or tile, unpacked, in the order of the file. Throws where they are packed in another way or damaged. */
export function blockBytes(page: TiffPage, packed: Buffer, length: number): Buffer {
  const unpack = unpackers[page.compression];
  if (!unpack) {
    throw new Error(
      `its compression ${page.compression} is not read for such samples: save it uncompressed, or with LZW or deflate`,
    );
  }
  const bytes = unpack(packed, length);
  if (bytes.length < length)
    throw new Error(`a strip ends after ${bytes.length} of ${length} bytes`);
  return bytes.subarray(0, length);
}

/** LZW as in TIFF 6.0, section 13: codes of 9 to 12 bits, the high bit first; 256 clears the table, 257 ends. */
function fromLzw(packed: Buffer, length: number): Buffer {
  const out = Buffer.alloc(length);
  // Of each code where in `out` its bytes stand, and how many they are: a string is what was written when it was added.
  const [starts, lengths] = [new Int32Array(4097), new Int32Array(4097)];
  let [bit, filled, next, width, previous] = [0, 0, 258, 9, -1];
  while (bit + width <= packed.length * 8 && filled < length) {
    const code = codeAt(packed, bit, width);
    bit += width;
    if (code === 257) break;
    if (code === 256) {
      [next, width, previous] = [258, 9, -1];
      continue;
    }
    const start = filled;
    if (code < 256) out[filled++] = code;
    else {
      if (code >= next || previous < 0) throw new Error('its LZW codes are damaged');
      for (let i = 0; i < lengths[code]! && filled < length; i++) {
        out[filled++] = out[starts[code]! + i]!;
      }
    }
    // The next code adds one byte to this string: it may be asked for before that byte is known, which is then its first.
    if (next <= 4096) {
      starts[next] = start;
      lengths[next] = filled - start + 1;
      next++;
    }
    previous = code;
    width = next > 2047 ? 12 : next > 1023 ? 11 : next > 511 ? 10 : 9;
  }
  return out.subarray(0, filled);
}

function codeAt(bytes: Buffer, bit: number, width: number): number {
  const at = bit >> 3;
  const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return (three >> (24 - (bit & 7) - width)) & ((1 << width) - 1);
}

/** Runs: a count below 128 of bytes as they are, or one byte repeated. */
function fromPackBits(packed: Buffer, length: number): Buffer {
  const out = Buffer.alloc(length);
  let filled = 0;
  for (let at = 0; at < packed.length && filled < length; ) {
    const count = packed.readInt8(at++);
    if (count >= 0) {
      filled += packed.copy(out, filled, at, at + count + 1);
      at += count + 1;
    } else if (count > -128) {
      out.fill(packed[at++]!, filled, filled + 1 - count);
      filled += 1 - count;
    }
  }
  return out.subarray(0, Math.min(filled, length));
}
