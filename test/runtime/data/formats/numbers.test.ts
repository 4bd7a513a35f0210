import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  NotFinite,
  readPicture,
  readPixels,
} from '../../../../src/runtime/data/formats/read-picture.js';
import { testFolder } from '../folder.js';
import { dicomOf, niftiOf, npyOf, tiffOf, words } from './bytes.js';

const { write } = testFolder();
const floats = (values: readonly number[]): Buffer => Buffer.from(Float32Array.from(values).buffer);

describe('the slope of a NIfTI file', () => {
  it.each([
    [Number.NaN, 5, [0, 1, 2]],
    [0, 5, [0, 1, 2]],
    [Number.POSITIVE_INFINITY, 5, [0, 1, 2]],
    [Number.NaN, Number.NaN, [0, 1, 2]],
    [2, Number.NaN, [0, 2, 4]],
    [2, 5, [5, 7, 9]],
  ])('%d with an intercept of %d', async (slope, intercept, values) => {
    const path = await write('x.nii', niftiOf([3, 1, 1], [0, 1, 2], slope, intercept));
    expect([...(await readPicture(path)).data]).toEqual(values);
  });

  it('that is no number counts for nothing in DICOM either', async () => {
    const path = await write('x.dcm', dicomOf(2, 1, [3, 4], { slope: 'NaN', intercept: '7' }));
    expect([...(await readPicture(path)).data]).toEqual([3, 4]);
  });
});

describe('numbers of any plain type', () => {
  it.each(['u1', 'i2', 'u4', 'i8', 'u8', 'f4', 'f8'] as const)(
    'as %s are read from NIfTI',
    async (type) => {
      const path = await write('x.nii', niftiOf([3, 1, 1], [0, 1, 200], 1, 0, { type }));
      expect([...(await readPicture(path)).data]).toEqual([0, 1, 200]);
    },
  );

  it('of 64 and 16 bits are read from npy', async () => {
    const whole = Buffer.from(BigInt64Array.from([-3n, 7n]).buffer);
    const path = await write('x.npy', npyOf([1, 2], '<i8', whole));
    expect([...(await readPicture(path)).data]).toEqual([-3, 7]);
    // 1, -2 and the least number above 0, as IEEE 754 has them in 16 bits.
    const half = Buffer.from(Uint16Array.from([0x3c00, 0xc000, 1]).buffer);
    const halves = await write('y.npy', npyOf([1, 3], '<f2', half));
    expect([...(await readPicture(halves)).data]).toEqual([1, -2, 2 ** -24]);
  });

  it('that 32 bits of floating point cannot hold are counted', async () => {
    const big = 2 ** 24 + 1;
    const path = await write('x.nii', niftiOf([3, 1, 1], [0, 1, big], 1, 0, { type: 'i8' }));
    expect((await readPixels(path)).rounded).toBe(1);
  });
});

describe('pixels that are no numbers', () => {
  it.each([
    ['x.nii.gz', gzipSync(niftiOf([3, 1, 1], [1, Number.NaN, 3], 1, 0, { type: 'f4' }))],
    ['x.npy', npyOf([1, 3], '<f4', floats([1, Number.POSITIVE_INFINITY, 3]))],
    ['x.tif', tiffOf(3, 1, [floats([1, Number.NaN, 3])], { bits: 32, format: 3 })],
  ])('in %s are refused with their count', async (name, bytes) => {
    const path = await write(name, bytes);
    const refusal = await readPicture(path).catch((error: Error) => error);
    expect(refusal).toBeInstanceOf(NotFinite);
    expect((refusal as Error).message).toContain(`${path} has 1 value that is NaN or infinite: `);
  });
});

describe('channels', () => {
  it('of npy all arrive, four as well as five', async () => {
    for (const channels of [2, 4, 5]) {
      const values = Array.from({ length: 5 * 5 * channels }, (_, i) => i);
      const path = await write('x.npy', npyOf([5, 5, channels], '<i2', words(values)));
      const { data, ...size } = await readPicture(path);
      expect(size).toEqual({ width: 5, height: 5, channels });
      expect([...data]).toEqual(values);
    }
  });
});
