import { type Format, type Pixels, requireBytes } from './format.js';
import { numberTypes, readNumbers } from './numbers.js';

/** More are taken for another axis than channels. */
const mostChannels = 64;

/** NumPy's arrays of [height, width] or [height, width, channels]; values stay as they are. */
export const npy: Format = {
  recognises: (head) => head.toString('latin1', 0, 6) === '\x93NUMPY',
  async headerOf({ head }) {
    const [height, width, channels] = headOf(head).shape;
    return { width, height, channels, slices: 1, affine: null };
  },
  decode: async (source) => decode(await source.bytes()),
};

interface Head {
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly type: keyof typeof numberTypes;
  readonly little: boolean;
  /** Columns before rows. */
  readonly fortran: boolean;
  readonly start: number;
}

function headOf(bytes: Buffer): Head {
  requireBytes(bytes, 12);
  const wide = bytes[6]! > 1;
  const from = wide ? 12 : 10;
  const start = from + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const text = bytes.toString('latin1', from, start);
  const order = /'descr':\s*'([<>|=])(\w+)'/.exec(text);
  const shape = /'shape':\s*\(([\d, ]*)\)/.exec(text)?.[1]?.match(/\d+/g)?.map(Number);
  if (!order || !shape) throw new Error('its header names no plain numbers with a shape');
  const [, ends, type] = order;
  if (!Object.hasOwn(numberTypes, type!)) {
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

/** Channels that come first are fewer than rows: read as rows they would be a strip of very many channels. */
function pictureShape(shape: readonly number[]): Head['shape'] {
  const [height, width, channels = 1] = shape;
  if (shape.length === 2) return [height!, width!, 1];
  const last = channels >= 1 && channels <= mostChannels && (channels <= 4 || channels <= height!);
  if (shape.length === 3 && last) return [height!, width!, channels];
  const way = shape.length === 3 && height! <= mostChannels ? ', as by np.moveaxis(x, 0, -1)' : '';
  throw new Error(
    `its shape is [${shape.join(', ')}]: save [height, width] or [height, width, channels] with at most ${mostChannels} channels${way}`,
  );
}

function decode(bytes: Buffer): Pixels {
  const { shape, type, little, fortran, start } = headOf(bytes);
  const [height, width, channels] = shape;
  const count = height * width * channels;
  requireBytes(bytes, start + count * numberTypes[type].bytes);
  const { data: stored, rounded } = readNumbers(bytes, start, count, numberTypes[type], little);
  const data = fortran ? fromFortran(stored, shape) : stored;
  // Bytes are taken for grey values or colours, all else for measurements.
  return { width, height, channels, data, white: type === 'u1' ? 255 : null, rounded };
}

function fromFortran(stored: Float32Array, [height, width, channels]: Head['shape']): Float32Array {
  const data = new Float32Array(stored.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        data[(y * width + x) * channels + c] = stored[(c * width + x) * height + y]!;
      }
    }
  }
  return data;
}
