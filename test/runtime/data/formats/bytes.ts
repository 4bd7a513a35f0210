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

/** What a NIfTI file may say beside its values; where left out, signed 16-bit numbers without a place in the patient. */
export interface NiftiOptions {
  readonly type?: keyof typeof niftiTypes;
  /** Rows of the affine, as `sform_code` 1. */
  readonly affine?: readonly (readonly number[])[];
}

const niftiTypes = {
  u1: [2, Uint8Array],
  i2: [4, Int16Array],
  f4: [16, Float32Array],
  f8: [64, Float64Array],
  u4: [768, Uint32Array],
  i8: [1024, BigInt64Array],
  u8: [1280, BigUint64Array],
} as const;

/** A volume, NIfTI-1. */
export function niftiOf(
  [width, height, depth]: readonly [number, number, number],
  values: readonly number[],
  slope = 1,
  intercept = 0,
  { type = 'i2', affine }: NiftiOptions = {},
): Buffer {
  const [code, kind] = niftiTypes[type];
  const header = Buffer.alloc(352);
  header.writeInt32LE(348, 0);
  for (const [i, extent] of [3, width, height, depth, 1, 1, 1, 1].entries()) {
    header.writeInt16LE(extent, 40 + 2 * i);
  }
  header.writeInt16LE(code, 70);
  header.writeInt16LE(kind.BYTES_PER_ELEMENT * 8, 72);
  for (let i = 0; i < 8; i++) header.writeFloatLE(1, 76 + 4 * i);
  header.writeFloatLE(352, 108);
  header.writeFloatLE(slope, 112);
  header.writeFloatLE(intercept, 116);
  if (affine) {
    header.writeInt16LE(1, 254);
    for (const [i, value] of affine.flat().entries()) header.writeFloatLE(value, 280 + 4 * i);
  }
  header.write('n+1\0', 344, 'latin1');
  const numbers =
    type === 'i8' || type === 'u8'
      ? (kind as typeof BigInt64Array).from(values.map(BigInt))
      : (kind as typeof Int16Array).from(values);
  return Buffer.concat([header, Buffer.from(numbers.buffer)]);
}

/** What the pages of a TIFF say beside their samples; where left out, one channel of 8 unsigned bits, stored plain. */
export interface TiffOptions {
  readonly samples?: number;
  readonly bits?: number;
  /** 1 unsigned, 2 signed, 3 floating. */
  readonly format?: number;
  readonly photometric?: number;
  readonly extra?: readonly number[];
  readonly orientation?: number;
  readonly compression?: number;
  readonly predictor?: number;
  readonly planar?: number;
  /** 1: a smaller copy. */
  readonly subfile?: number;
}

/** A little-endian TIFF of one strip a page; `pages` are the strips as they are stored. */
export function tiffOf(
  width: number,
  height: number,
  pages: readonly Buffer[],
  options: TiffOptions | readonly TiffOptions[] = {},
): Buffer {
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')];
  let [end, link] = [8, 4];
  const links: (readonly [at: number, to: number])[] = [];
  const add = (part: Buffer): number => {
    parts.push(part);
    end += part.length;
    return end - part.length;
  };
  for (const [n, strip] of pages.entries()) {
    const own = Array.isArray(options) ? (options[n] ?? {}) : options;
    const { samples = 1, extra = [] } = own;
    const start = add(strip);
    // Planes are a strip each.
    const starts = Array(own.planar === 2 ? samples : 1).fill(0);
    const all = (value: number): number[] => Array<number>(samples).fill(value);
    const fields: (readonly [tag: number, values: readonly number[]])[] = [
      [254, [own.subfile ?? 0]],
      [256, [width]],
      [257, [height]],
      [258, all(own.bits ?? 8)],
      [259, [own.compression ?? 1]],
      [262, [own.photometric ?? 1]],
      [273, starts.map((_, k) => start + (k * strip.length) / starts.length)],
      [274, [own.orientation ?? 1]],
      [277, [samples]],
      [278, [height]],
      [279, starts.map(() => strip.length / starts.length)],
      [284, [own.planar ?? 1]],
      [317, [own.predictor ?? 1]],
      [338, extra],
      [339, all(own.format ?? 1)],
    ];
    const entries = fields
      .filter(([, values]) => values.length > 0)
      .map(([tag, values]) => {
        const entry = Buffer.alloc(12);
        const numbers = Buffer.alloc(Math.max(4, 4 * values.length));
        const wide = tag === 273 || tag === 279;
        for (const [i, value] of values.entries()) {
          if (wide) numbers.writeUInt32LE(value, 4 * i);
          else numbers.writeUInt16LE(value, 2 * i);
        }
        entry.writeUInt16LE(tag, 0);
        entry.writeUInt16LE(wide ? 4 : 3, 2);
        entry.writeUInt32LE(values.length, 4);
        if (values.length > (wide ? 1 : 2)) entry.writeUInt32LE(add(numbers), 8);
        else numbers.copy(entry, 8);
        return entry;
      });
    const count = Buffer.alloc(2);
    count.writeUInt16LE(entries.length);
    const at = add(Buffer.concat([count, ...entries, Buffer.alloc(4)]));
    links.push([link, at]);
    link = at + 2 + entries.length * 12;
  }
  const file = Buffer.concat(parts);
  for (const [at, to] of links) file.writeUInt32LE(to, at);
  return file;
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
  /** Bits stored, highest of them, whether signed; 16, 15 and 1 where left out. */
  readonly stored?: number;
  readonly high?: number;
  readonly signed?: number;
  readonly frames?: number;
  /** Slope and intercept of enhanced DICOM: those of all frames, and each frame's own. */
  readonly shared?: readonly [slope: string, intercept: string];
  readonly perFrame?: readonly (readonly [slope: string, intercept: string] | null)[];
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
  const { stored = 16, high = stored - 1, signed = 1, frames, shared, perFrame } = options;
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
    ...(frames === undefined ? [] : [element(0x0028, 0x0008, 'IS', even(`${frames}`, ' '))]),
    element(0x0028, 0x0010, 'US', uint16(height)),
    element(0x0028, 0x0011, 'US', uint16(width)),
    element(0x0028, 0x0100, 'US', uint16(16)),
    element(0x0028, 0x0101, 'US', uint16(stored)),
    element(0x0028, 0x0102, 'US', uint16(high)),
    element(0x0028, 0x0103, 'US', uint16(signed)),
    ...(intercept === undefined ? [] : [element(0x0028, 0x1052, 'DS', even(intercept, ' '))]),
    ...(slope === undefined ? [] : [element(0x0028, 0x1053, 'DS', even(slope, ' '))]),
    ...(shared ? [sequence(0x5200, 0x9229, [transformation(shared)])] : []),
    ...(perFrame ? [sequence(0x5200, 0x9230, perFrame.map(transformation))] : []),
    element(0x7fe0, 0x0010, 'OW', pixels),
  ]);
}

/** A functional group with a Pixel Value Transformation, or an empty one. */
const transformation = (rescale: readonly [slope: string, intercept: string] | null): Buffer => {
  if (!rescale) return Buffer.alloc(0);
  const [slope, intercept] = rescale;
  const values = [
    element(0x0028, 0x1052, 'DS', even(intercept, ' ')),
    element(0x0028, 0x1053, 'DS', even(slope, ' ')),
  ];
  return sequence(0x0028, 0x9145, [Buffer.concat(values)]);
};

function sequence(group: number, number: number, items: readonly Buffer[]): Buffer {
  const parts = items.map((item) => {
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
    head.writeUInt32LE(item.length, 4);
    return Buffer.concat([head, item]);
  });
  return element(group, number, 'SQ', Buffer.concat(parts));
}

function element(group: number, number: number, kind: string, value: Buffer): Buffer {
  const wide = kind === 'OW' || kind === 'SQ';
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
