/** Tags of TIFF 6.0 and their types: 3 is 16 bits, 4 is 32. */
const [short, long] = [3, 4];

/** One channel of signed 16-bit samples, uncompressed and little-endian: Hounsfield units as CT slices are kept. */
export function signedTiff(width: number, height: number, values: ArrayLike<number>): Buffer {
  const samples = Int16Array.from(values);
  const strip = Buffer.alloc(samples.length * 2);
  for (const [i, value] of samples.entries()) strip.writeInt16LE(value, i * 2);
  const fields: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, long, width],
    [257, long, height],
    [258, short, 16],
    [259, short, 1],
    // Black is the least value.
    [262, short, 1],
    [273, long, 8],
    [277, short, 1],
    [278, long, height],
    [279, long, strip.length],
    // Signed.
    [339, short, 2],
  ];
  const head = Buffer.alloc(8);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8 + strip.length, 4);
  const directory = Buffer.alloc(2 + fields.length * 12 + 4);
  directory.writeUInt16LE(fields.length, 0);
  for (const [i, [tag, type, value]] of fields.entries()) {
    const at = 2 + i * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(1, at + 4);
    if (type === short) directory.writeUInt16LE(value, at + 8);
    else directory.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([head, strip, directory]);
}
