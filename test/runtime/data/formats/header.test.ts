import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { readHeader, readPicture } from '../../../../src/runtime/data/formats/read-picture.js';
import { testFolder } from '../folder.js';
import { bitmapOf, dicomOf, niftiOf, npyOf, tiffOf, words } from './bytes.js';

const { write } = testFolder();

const colours = (): Sharp =>
  sharp({ create: { width: 6, height: 4, channels: 3, background: '#804020' } });
const clear = (): Sharp =>
  sharp({
    create: { width: 6, height: 4, channels: 4, background: { r: 9, g: 8, b: 7, alpha: 0.5 } },
  });

const files: readonly (readonly [string, () => Promise<Buffer> | Buffer, number])[] = [
  ['PNG of colours', () => colours().png().toBuffer(), 3],
  ['PNG with even transparency', () => clear().png().toBuffer(), 3],
  ['grey PNG', () => colours().toColourspace('b-w').png().toBuffer(), 1],
  ['grey PNG of 16 bits', () => colours().toColourspace('grey16').png().toBuffer(), 1],
  ['PNG of 16 bits', () => colours().toColourspace('rgb16').png().toBuffer(), 3],
  ['PNG with a palette', () => colours().png({ palette: true }).toBuffer(), 3],
  ['JPEG', () => colours().jpeg().toBuffer(), 3],
  ['grey JPEG', () => colours().toColourspace('b-w').jpeg().toBuffer(), 1],
  ['JPEG of four inks', () => colours().toColourspace('cmyk').jpeg().toBuffer(), 3],
  ['WebP', () => clear().webp({ lossless: true }).toBuffer(), 3],
  ['GIF', () => colours().gif().toBuffer(), 3],
  ['TIFF of colours', () => colours().tiff().toBuffer(), 3],
  ['TIFF of one bit', () => colours().toColourspace('b-w').tiff({ bitdepth: 1 }).toBuffer(), 1],
  ['TIFF of four inks', () => colours().toColourspace('cmyk').tiff().toBuffer(), 3],
  ['TIFF in JPEG', () => colours().tiff({ compression: 'jpeg' }).toBuffer(), 3],
  ['TIFF of two channels', () => tiffOf(6, 4, [Buffer.alloc(48)], { samples: 2, extra: [0] }), 2],
  ['PPM', () => Buffer.from(`P3 6 4 255 ${'1 2 3 '.repeat(24)}`), 3],
  ['PGM', () => Buffer.from(`P2 6 4 255 ${'1 '.repeat(24)}`), 1],
  ['BMP of greys', () => bitmapOf(8, Array(32).fill(3), (i) => [i, i, i]), 1],
  ['BMP of colours', () => bitmapOf(8, Array(32).fill(3), (i) => [i, 0, i]), 3],
  ['npy', () => npyOf([4, 6, 4], '<i2', words(Array(96).fill(1))), 4],
  ['NIfTI', () => niftiOf([6, 4, 1], Array(24).fill(1)), 1],
  ['DICOM', () => dicomOf(6, 4, Array(24).fill(1)), 1],
];

describe('a header says what decoding gives', () => {
  it.each(files)('%s', async (_, make, channels) => {
    const path = await write('x', await make());
    const { width, height, ...header } = await readHeader(path);
    const picture = await readPicture(path);
    expect(picture.channels).toBe(channels);
    expect(header).toMatchObject({ channels, slices: 1 });
    expect([picture.width, picture.height]).toEqual([width, height]);
    expect(picture.data).toHaveLength(width * height * channels);
  });
});

describe('transparency of an image', () => {
  it('that differs from pixel to pixel is refused', async () => {
    const values = Buffer.from([9, 9, 9, 255, 9, 9, 9, 254]);
    const file = await sharp(values, { raw: { width: 2, height: 1, channels: 4 } })
      .png()
      .toBuffer();
    await expect(readPicture(await write('x.png', file))).rejects.toThrow(
      /x\.png has transparency that differs from pixel to pixel: save it without/,
    );
  });
});
