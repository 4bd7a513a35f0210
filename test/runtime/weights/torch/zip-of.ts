import { inflateRawSync } from 'node:zlib';
import { crc32 } from '../../../../src/runtime/files/checksum.js';

const numbers = (...fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Buffer =>
  Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(8);
      field.writeBigUInt64LE(BigInt(value));
      return field.subarray(0, bytes);
    }),
  );

export interface ZipOptions {
  /** Sizes and places in 64 bits, as of archives above 4 GiB. */
  readonly wide?: boolean;
  readonly method?: number;
  /** How many bytes each file is said to come to; as many as it has where this is left out. */
  readonly sizes?: readonly number[];
  /** Said to be that of each file; its own where this is left out. */
  readonly checksum?: number;
}

/** A zip archive of files that are stored as they are. */
export function zipOf(
  files: Readonly<Record<string, Uint8Array>>,
  { wide = false, method = 0, sizes: said = [], checksum }: ZipOptions = {},
): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [n, [name, bytes]] of Object.entries(files).entries()) {
    const size = said[n] ?? bytes.length;
    const crc = checksum ?? crc32(method === 8 ? inflateRawSync(bytes) : bytes);
    const title = Buffer.from(name);
    const common = numbers([2, 45], [2, 0], [2, method], [4, 0], [4, crc]);
    const full = 0xffffffff;
    const sizes = wide ? numbers([4, full], [4, full]) : numbers([4, bytes.length], [4, size]);
    const extra = wide
      ? numbers([2, 1], [2, 24], [8, size], [8, bytes.length], [8, at])
      : Buffer.alloc(0);
    const lengths = numbers([2, title.length], [2, extra.length]);
    const head = Buffer.concat([numbers([4, 0x04034b50]), common, sizes, lengths, title, extra]);
    bodies.push(head, Buffer.from(bytes));
    directory.push(
      numbers([4, 0x02014b50], [2, 45]),
      ...[common, sizes, lengths],
      numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, wide ? full : at]),
      ...[title, extra],
    );
    at += head.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  const count = Object.keys(files).length;
  const end = wide
    ? Buffer.concat([
        numbers([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0]),
        numbers([8, count], [8, count], [8, list.length], [8, at]),
        numbers([4, 0x07064b50], [4, 0], [8, at + list.length], [4, 1]),
        numbers([4, 0x06054b50], [4, 0], [2, 0xffff], [2, 0xffff]),
        numbers([4, 0xffffffff], [4, 0xffffffff], [2, 0]),
      ])
    : Buffer.concat([
        numbers([4, 0x06054b50], [4, 0], [2, count], [2, count]),
        numbers([4, list.length], [4, at], [2, 0]),
      ]);
  return Buffer.concat([...bodies, list, end]);
}
