/** Small files of formats that sharp does not write, byte by byte. */

/** An array of NumPy; `type` as `<i2`, `bytes` in its order. */
export function npyOf(
  shape: readonly number[],
  type: string,
  bytes: Buffer,
  fortran = false,
): Buffer {
  const order = fortran ? 'True' : 'False';
  const header = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${shape.join(', ')}), }\n`;
  const start = Buffer.alloc(10);
  start.write('\x93NUMPY\x01\x00', 'latin1');
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, Buffer.from(header), bytes]);
}

/** A volume of signed 16-bit numbers, NIfTI-1. */
export function niftiOf(
  [width, height, depth]: readonly [number, number, number],
  values: readonly number[],
  slope: number,
  intercept: number,
): Buffer {
  const header = Buffer.alloc(352);
  header.writeInt32LE(348, 0);
  for (const [i, extent] of [3, width, height, depth, 1, 1, 1, 1].entries()) {
    header.writeInt16LE(extent, 40 + 2 * i);
  }
  header.writeInt16LE(4, 70);
  header.writeInt16LE(16, 72);
  header.writeFloatLE(352, 108);
  header.writeFloatLE(slope, 112);
  header.writeFloatLE(intercept, 116);
  header.write('n+1\0', 344, 'latin1');
  return Buffer.concat([header, words(values)]);
}

/** A bitmap of bytes with the palette of 256 `colours` [blue, green, red], rows from the top down. */
export function bitmapOf(
  width: number,
  values: readonly number[],
  colourOf: (index: number) => readonly [number, number, number],
): Buffer {
  const header = Buffer.alloc(54);
  const size = header.length + 1024 + values.length;
  header.write('BM', 'latin1');
  header.writeUInt32LE(size, 2);
  header.writeUInt32LE(54 + 1024, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(-values.length / width, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(8, 28);
  const palette = Array.from({ length: 256 }, (_, i) => [...colourOf(i), 0]).flat();
  return Buffer.concat([header, Buffer.from(palette), Buffer.from(values)]);
}

/** Signed 16-bit numbers, little-endian. */
export const words = (values: readonly number[]): Buffer =>
  Buffer.from(Int16Array.from(values).buffer);

interface DicomOptions {
  readonly syntax?: string;
  readonly photometric?: string;
  readonly slope?: string;
  readonly intercept?: string;
}

/** A picture of signed 16-bit numbers in explicit little-endian DICOM. */
export function dicomOf(
  width: number,
  height: number,
  values: readonly number[],
  options: DicomOptions = {},
): Buffer {
  const { syntax = '1.2.840.10008.1.2.1', photometric = 'MONOCHROME2', slope, intercept } = options;
  const meta = element(0x0002, 0x0010, 'UI', even(syntax, '\0'));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(meta.length);
  const pixels = words(values);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element(0x0002, 0x0000, 'UL', length),
    meta,
    element(0x0028, 0x0002, 'US', uint16(1)),
    element(0x0028, 0x0004, 'CS', even(photometric, ' ')),
    element(0x0028, 0x0010, 'US', uint16(height)),
    element(0x0028, 0x0011, 'US', uint16(width)),
    element(0x0028, 0x0100, 'US', uint16(16)),
    element(0x0028, 0x0101, 'US', uint16(16)),
    element(0x0028, 0x0103, 'US', uint16(1)),
    ...(intercept === undefined ? [] : [element(0x0028, 0x1052, 'DS', even(intercept, ' '))]),
    ...(slope === undefined ? [] : [element(0x0028, 0x1053, 'DS', even(slope, ' '))]),
    element(0x7fe0, 0x0010, 'OW', pixels),
  ]);
}

function element(group: number, number: number, kind: string, value: Buffer): Buffer {
  const wide = kind === 'OW';
  const head = Buffer.alloc(wide ? 12 : 8);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(number, 2);
  head.write(kind, 4, 'latin1');
  if (wide) head.writeUInt32LE(value.length, 8);
  else head.writeUInt16LE(value.length, 6);
  return Buffer.concat([head, value]);
}

const even = (text: string, filler: string): Buffer =>
  Buffer.from(text.length % 2 === 0 ? text : text + filler, 'latin1');

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
