import { gzipSync } from 'node:zlib';
import type { NiftiGeometry } from './nifti-geometry.js';

/** What the voxels of a written volume may be, by NIfTI's code and bits. */
const kinds = {
  uint8: { code: 2, bits: 8 },
  uint16: { code: 512, bits: 16 },
  float32: { code: 16, bits: 32 },
} as const;

export type VoxelType = keyof typeof kinds;

/** The header, and four bytes that say that no extension follows. */
const headBytes = 352;

/**
 * A gzipped NIfTI-1 volume that lies where `geometry` says: sizes, steps, quaternion, affine and units are its own. Throws
 * `RangeError` where `slices` are not as many or as large as it says.
 *
 * @param slices from the first: rows of `width` voxels each, as NIfTI stores them
 */
export function niftiFile(
  geometry: NiftiGeometry,
  type: VoxelType,
  slices: readonly ArrayLike<number>[],
): Buffer {
  const [, width, height] = geometry.dims;
  const depth = geometry.dims[0]! > 2 ? geometry.dims[3] : 1;
  const count = width! * height!;
  if (slices.length !== depth || slices.some(({ length }) => length !== count)) {
    throw new RangeError(`a volume of ${width}x${height}x${depth} has ${depth} slices of ${count}`);
  }
  const { bits } = kinds[type];
  const voxels = Buffer.alloc((count * depth * bits) / 8);
  for (const [z, slice] of slices.entries()) {
    for (let i = 0; i < count; i++) {
      const at = ((z * count + i) * bits) / 8;
      if (type === 'float32') voxels.writeFloatLE(slice[i]!, at);
      else voxels.writeUIntLE(slice[i]!, at, bits / 8);
    }
  }
  return gzipSync(Buffer.concat([headOf(geometry, type), voxels]));
}

/** The fields of nifti1.h that mean something here, by their offsets. */
function headOf(geometry: NiftiGeometry, type: VoxelType): Buffer {
  const { dims, pixdim, qformCode, quaternion, offset, sformCode, sform, units } = geometry;
  const head = Buffer.alloc(headBytes);
  const shorts = (at: number, values: readonly number[]): void => {
    for (const [i, value] of values.entries()) head.writeInt16LE(value, at + 2 * i);
  };
  const floats = (at: number, values: readonly number[]): void => {
    for (const [i, value] of values.entries()) head.writeFloatLE(value, at + 4 * i);
  };
  head.writeInt32LE(headBytes - 4, 0);
  shorts(40, dims);
  shorts(70, [kinds[type].code, kinds[type].bits]);
  floats(76, pixdim);
  // Where the voxels begin, and that they stand as they are.
  floats(108, [headBytes, 1, 0]);
  head.writeUInt8(units, 123);
  shorts(252, [qformCode, sformCode]);
  floats(256, [...quaternion, ...offset]);
  floats(280, sform.flat());
  head.write('n+1\0', 344, 'latin1');
  return head;
}
