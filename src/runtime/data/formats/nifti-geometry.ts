import type { NIFTI1, NIFTI2 } from 'nifti-reader-js';
import type { Affine } from './affine.js';

/** How a NIfTI file places its voxels, as its header has it: what a prediction for it repeats. */
export interface NiftiGeometry {
  /** The number of dimensions, and the extents of 7. */
  readonly dims: readonly number[];
  /** qfac (1 or -1), and the steps along 7 dimensions. */
  readonly pixdim: readonly number[];
  /** What the quaternion is good for; 0: nothing. */
  readonly qformCode: number;
  readonly quaternion: readonly [b: number, c: number, d: number];
  readonly offset: readonly [x: number, y: number, z: number];
  /** What the affine is good for; 0: nothing. */
  readonly sformCode: number;
  readonly sform: Affine;
  /** Of space and time, as `xyzt_units`. */
  readonly units: number;
}

/** @param head the first bytes of the file */
export const geometryOf = (header: NIFTI1 | NIFTI2, head: Buffer): NiftiGeometry => ({
  dims: header.dims.slice(0, 8),
  pixdim: header.pixDims.slice(0, 8),
  qformCode: header.qform_code,
  quaternion: [header.quatern_b, header.quatern_c, header.quatern_d],
  offset: [header.qoffset_x, header.qoffset_y, header.qoffset_z],
  sformCode: header.sform_code,
  sform: storedAffine(head, header.littleEndian),
  units: header.xyzt_units,
});

/** Read here, since the library has the quaternion's matrix in its place in some files. */
function storedAffine(head: Buffer, little: boolean): Affine {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const second = view.getInt32(0, little) === 540;
  const value = (i: number): number =>
    second ? view.getFloat64(400 + i * 8, little) : view.getFloat32(280 + i * 4, little);
  return [0, 4, 8].map((i) => [value(i), value(i + 1), value(i + 2), value(i + 3)] as const);
}

/** From voxels to the patient: by the affine, else by the quaternion; null where the file gives neither. */
export function affineOf({
  sformCode,
  sform,
  qformCode,
  quaternion: [b, c, d],
  offset: [x, y, z],
  pixdim: [qfac, i, j, k],
}: NiftiGeometry): Affine | null {
  if (sformCode > 0) return sform;
  if (qformCode <= 0) return null;
  // The rotation of a unit quaternion, as nifti1.h has it.
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
  const third = qfac! < 0 ? -k! : k!;
  return [
    [
      (a * a + b * b - c * c - d * d) * i!,
      2 * (b * c - a * d) * j!,
      2 * (b * d + a * c) * third,
      x,
    ],
    [
      2 * (b * c + a * d) * i!,
      (a * a + c * c - b * b - d * d) * j!,
      2 * (c * d - a * b) * third,
      y,
    ],
    [
      2 * (b * d - a * c) * i!,
      2 * (c * d + a * b) * j!,
      (a * a + d * d - c * c - b * b) * third,
      z,
    ],
  ];
}
