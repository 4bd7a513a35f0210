import { isNIFTI, NIFTI1, readHeader, readImage } from 'nifti-reader-js';
import { type Format, type Pixels, requireBytes } from './format.js';
import { type NumberType, numberTypes, readNumbers } from './numbers.js';

/** NIfTI-1 and -2: a picture, or a volume whose third dimension counts its slices. Rows lie as they are stored. */
export const nifti: Format = {
  recognises: (head) => head.length >= 348 && isNIFTI(arrayOf(head)),
  sizeOf: async ({ head }) => headerOf(head).size,
  decode: async (source, slice) => decode(await source.bytes(), slice),
};

/** The types of NIfTI by their codes. */
const types = new Map<number, NumberType>([
  [NIFTI1.TYPE_UINT8, numberTypes.u1],
  [NIFTI1.TYPE_INT8, numberTypes.i1],
  [NIFTI1.TYPE_UINT16, numberTypes.u2],
  [NIFTI1.TYPE_INT16, numberTypes.i2],
  [NIFTI1.TYPE_UINT32, numberTypes.u4],
  [NIFTI1.TYPE_INT32, numberTypes.i4],
  [NIFTI1.TYPE_FLOAT32, numberTypes.f4],
  [NIFTI1.TYPE_FLOAT64, numberTypes.f8],
]);

const arrayOf = (bytes: Buffer): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;

function headerOf(bytes: Buffer) {
  const header = readHeader(arrayOf(bytes));
  const type = types.get(header.datatypeCode);
  if (!type) throw new Error(`its numbers are of NIfTI's type ${header.datatypeCode}`);
  const [rank, width, height, depth, ...others] = header.dims;
  if (rank < 2 || others.slice(0, Math.max(rank - 3, 0)).some((extent) => extent > 1)) {
    throw new Error(`it has ${rank} dimensions: save pictures or volumes of 2 or 3`);
  }
  return { header, type, size: { width, height, slices: rank > 2 ? depth : 1 } };
}

function decode(bytes: Buffer, slice: number): Pixels {
  const { header, type, size } = headerOf(bytes);
  const { width, height } = size;
  const all = readImage(header, arrayOf(bytes));
  const count = width * height;
  const start = slice * count * type.bytes;
  requireBytes(Buffer.from(all), start + count * type.bytes);
  const data = readNumbers(new Uint8Array(all), start, count, type, header.littleEndian);
  const { scl_slope: slope, scl_inter: intercept } = header;
  // A slope of 0 says that values stay.
  if (slope !== 0) for (let i = 0; i < count; i++) data[i] = data[i] * slope + intercept;
  return { width, height, channels: 1, data, white: null };
}
