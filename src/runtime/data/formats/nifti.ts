import { isNIFTI, NIFTI1, readHeader } from 'nifti-reader-js';
import { type Format, type Pixels, requireBytes, type Source } from './format.js';
import { affineOf, geometryOf, type NiftiGeometry } from './nifti-geometry.js';
import { type NumberType, numberTypes, readNumbers, rescaleOf } from './numbers.js';

/** NIfTI-1 and -2: a picture, or a volume whose third dimension counts its slices. Rows lie as they are stored. */
export const nifti: Format = {
  recognises: (head) => head.length >= 348 && isNIFTI(arrayOf(head)),
  async headerOf({ head }) {
    const { size, geometry } = headOf(head);
    return { ...size, channels: 1, affine: affineOf(geometry) };
  },
  decode,
};

/** The geometry of a NIfTI file; null where it is of another format. */
export const geometryFrom = ({ head }: Source): NiftiGeometry | null =>
  nifti.recognises(head) ? headOf(head).geometry : null;

/** The types of NIfTI by their codes. */
const types = new Map<number, NumberType>([
  [NIFTI1.TYPE_UINT8, numberTypes.u1],
  [NIFTI1.TYPE_INT8, numberTypes.i1],
  [NIFTI1.TYPE_UINT16, numberTypes.u2],
  [NIFTI1.TYPE_INT16, numberTypes.i2],
  [NIFTI1.TYPE_UINT32, numberTypes.u4],
  [NIFTI1.TYPE_INT32, numberTypes.i4],
  [NIFTI1.TYPE_UINT64, numberTypes.u8],
  [NIFTI1.TYPE_INT64, numberTypes.i8],
  [NIFTI1.TYPE_FLOAT32, numberTypes.f4],
  [NIFTI1.TYPE_FLOAT64, numberTypes.f8],
]);

const arrayOf = (bytes: Buffer): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;

/** The header alone: extensions behind it may be longer than what was read of the file. */
function plainHead(head: Buffer): ArrayBuffer {
  const second = head.readInt32LE(0) === 540 || head.readInt32BE(0) === 540;
  const length = second ? 540 : 348;
  requireBytes(head, length);
  return arrayOf(Buffer.concat([head.subarray(0, length), Buffer.alloc(4)]));
}

function headOf(head: Buffer) {
  const header = readHeader(plainHead(head));
  const type = types.get(header.datatypeCode);
  if (!type) {
    const name = header.getDatatypeCodeString(header.datatypeCode).trim();
    throw new Error(
      `its numbers are of NIfTI's type ${header.datatypeCode} (${name}): save whole or floating numbers of one value a voxel`,
    );
  }
  const [rank = 0, width = 0, height = 0, depth = 0, ...others] = header.dims;
  const more = others.slice(0, Math.max(rank - 3, 0)).filter((extent) => extent > 1);
  if (rank < 2 || more.length > 0) {
    const shape = header.dims.slice(1, rank + 1).join('x');
    throw new Error(
      `it has ${rank} dimensions, ${shape}: save one volume of 3 dimensions a file, or pictures of 2`,
    );
  }
  const slices = rank > 2 ? depth : 1;
  if (width < 1 || height < 1 || slices < 1) throw new Error('its header is damaged');
  return { header, type, size: { width, height, slices }, geometry: geometryOf(header, head) };
}

async function decode(source: Source, slice: number): Promise<Pixels> {
  const { header, type, size } = headOf(source.head);
  const { width, height } = size;
  const count = width * height;
  const length = count * type.bytes;
  const bytes = await source.piece(header.vox_offset + slice * length, length);
  requireBytes(bytes, length);
  const rescale = rescaleOf(header.scl_slope, header.scl_inter);
  const numbers = readNumbers(bytes, 0, count, type, header.littleEndian, rescale);
  return { width: width, height: height, channels: 1, white: null, ...numbers };
}
