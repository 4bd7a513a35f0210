import { gunzipSync } from 'node:zlib';
import { readHeader as headerByLibrary, readImage } from 'nifti-reader-js';
import { describe, expect, it } from 'vitest';
import { apartBy, orientationOf } from '../../../../src/runtime/data/formats/affine.js';
import {
  affineOf,
  type NiftiGeometry,
} from '../../../../src/runtime/data/formats/nifti-geometry.js';
import {
  niftiGeometry,
  readHeader,
  readPicture,
} from '../../../../src/runtime/data/formats/read-picture.js';
import { niftiFile } from '../../../../src/runtime/data/formats/write-nifti.js';
import { testFolder } from '../folder.js';

const { write } = testFolder();

const geometry: NiftiGeometry = {
  dims: [3, 3, 2, 2, 1, 1, 1, 1],
  pixdim: [-1, 0.5, 0.75, 2, 0, 0, 0, 0],
  qformCode: 1,
  quaternion: [0, 0.5, 0],
  offset: [10, -20, 30],
  sformCode: 2,
  sform: [
    [-0.5, 0, 0, 12],
    [0, 0.75, 0, -7],
    [0, 0, 2, 3],
  ],
  units: 10,
};
const slices = [
  [0, 1, 2, 3, 4, 5],
  [6, 7, 8, 9, 10, 200],
];

const arrayOf = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

describe('a NIfTI volume that is written', () => {
  it.each(['uint8', 'uint16', 'float32'] as const)(
    'as %s has the voxels and the place it was given',
    async (type) => {
      const file = niftiFile(geometry, type, slices);
      const path = await write('x.nii.gz', file);
      expect(await niftiGeometry(path)).toEqual(geometry);
      expect(await readHeader(path)).toMatchObject({ width: 3, height: 2, slices: 2 });
      for (const [z, slice] of slices.entries()) {
        expect([...(await readPicture(path, z)).data]).toEqual(slice);
      }
    },
  );

  it('is read alike by another reader', () => {
    const bytes = arrayOf(gunzipSync(niftiFile(geometry, 'uint16', slices)));
    const header = headerByLibrary(bytes);
    expect(header.affine.slice(0, 3)).toEqual(geometry.sform);
    expect([header.qform_code, header.sform_code, header.xyzt_units]).toEqual([1, 2, 10]);
    expect([...header.pixDims]).toEqual(geometry.pixdim);
    expect([...new Uint16Array(readImage(header, bytes))]).toEqual(slices.flat());
  });

  it('has as many slices as its geometry says', () => {
    expect(() => niftiFile(geometry, 'uint8', slices.slice(1))).toThrow(RangeError);
  });
});

describe('the affine of a NIfTI file', () => {
  it('is that of the header, else that of the quaternion, else unknown', () => {
    expect(affineOf(geometry)).toEqual(geometry.sform);
    // Half a turn about the second axis: the first and third run backwards, and qfac turns the third again.
    const quaternion = { ...geometry, sformCode: 0, quaternion: [0, 1, 0] as const };
    // Sums with 0 turn -0 to 0.
    expect(affineOf(quaternion)?.map((row) => row.map((value) => value + 0))).toEqual([
      [-0.5, 0, 0, 10],
      [0, 0.75, 0, -20],
      [0, 0, 2, 30],
    ]);
    expect(affineOf({ ...geometry, sformCode: 0, qformCode: 0 })).toBeNull();
  });

  it('tells which way the axes run', () => {
    expect(orientationOf(geometry.sform)).toBe('LAS');
    const turned = [
      [0, 0, 3, 0],
      [0.1, -2, 0, 0],
      [1, 0.2, 0, 0],
    ] as const;
    expect(orientationOf(turned)).toBe('SPR');
  });

  it('tells how far apart two grids lie', () => {
    const size = { width: 3, height: 2, slices: 2 };
    const moved = geometry.sform.map(([i, j, k, o], n) => [i, j, k, n === 0 ? o + 1 : o] as const);
    expect(apartBy(geometry.sform, geometry.sform, size)).toBe(0);
    expect(apartBy(geometry.sform, moved, size)).toBeCloseTo(2, 6);
  });
});
