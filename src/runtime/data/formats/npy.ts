import { type Format, type Pixels, requireBytes, withoutAlpha } from './format.js';
import { numberTypes, readNumbers } from './numbers.js';

/** NumPy's arrays of [height, width] or [height, width, 1, 3 or 4]; values stay as they are. */
export const npy: Format = {
  recognises: (head) => head.toString('latin1', 0, 6) === '\x93NUMPY',
  async sizeOf({ head }) {
    const [height, width] = headerOf(head).shape;
    return { width, height, slices: 1 };
  },
  decode: async (source) => decode(await source.bytes()),
};

interface Header {
  readonly shape: readonly [number, number, number];
  readonly type: keyof typeof numberTypes;
  readonly little: boolean;
  /** Columns before rows. */
  readonly fortran: boolean;
  readonly start: number;
}

function headerOf(bytes: Buffer): Header {
  requireBytes(bytes, 12);
  const wide = bytes[6] > 1;
  const from = wide ? 12 : 10;
  const start = from + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const text = bytes.toString('latin1', from, start);
  const order = /'descr':\s*'([<>|=])(\w+)'/.exec(text);
  const shape = /'shape':\s*\(([\d, ]*)\)/.exec(text)?.[1].match(/\d+/g)?.map(Number);
  if (!order || !shape) throw new Error('its header names no plain numbers with a shape');
  const [, ends, type] = order;
  if (!Object.hasOwn(numberTypes, type)) {
    throw new Error(`its numbers are ${type}: save them as ${Object.keys(numberTypes).join(', ')}`);
  }
  return {
    shape: pictureShape(shape),
    type: type as keyof typeof numberTypes,
    little: ends !== '>',
    fortran: /'fortran_order':\s*True/.test(text),
    start,
  };
}

function pictureShape(shape: readonly number[]): Header['shape'] {
  const [height, width, channels = 1] = shape;
  if (shape.length === 2 || (shape.length === 3 && [1, 3, 4].includes(channels))) {
    return [height, width, channels];
  }
  throw new Error(
    `its shape is [${shape.join(', ')}]: save [height, width] or [height, width, channels] with 1, 3 or 4 channels`,
  );
}

function decode(bytes: Buffer): Pixels {
  const { shape, type, little, fortran, start } = headerOf(bytes);
  const [height, width, channels] = shape;
  const count = height * width * channels;
  requireBytes(bytes, start + count * numberTypes[type].bytes);
  const stored = readNumbers(bytes, start, count, numberTypes[type], little);
  const data = fortran ? fromFortran(stored, shape) : stored;
  // Bytes are taken for grey values or colours, all else for measurements.
  const white = type === 'u1' ? 255 : null;
  return channels === 4
    ? { width, height, channels: 3, data: withoutAlpha(data), white }
    : { width, height, channels, data, white };
}

function fromFortran(
  stored: Float32Array,
  [height, width, channels]: Header['shape'],
): Float32Array {
  const data = new Float32Array(stored.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        data[(y * width + x) * channels + c] = stored[(c * width + x) * height + y];
      }
    }
  }
  return data;
}
