import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readHeader, readPicture } from '../../../../src/runtime/data/formats/read-picture.js';
import { testFolder } from '../folder.js';
import { tiffOf, words } from './bytes.js';

const { write } = testFolder();
const [width, height] = [3, 2];
const values = [10, 20, 30, 40, 50, 60];
const colours = Array.from({ length: 18 }, (_, i) => 10 * i);
const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;

describe('a picture is turned as its EXIF says', () => {
  it.each(orientations)('as sharp turns it: %d', async (orientation) => {
    const raw = { raw: { width, height, channels: 3 as const } };
    const file = await sharp(Buffer.from(colours), raw)
      .withMetadata({ orientation })
      .png()
      .toBuffer();
    const { data: shown, info } = await sharp(file)
      .autoOrient()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const path = await write('x.png', file);
    const picture = await readPicture(path);
    expect([...picture.data]).toEqual([...shown]);
    expect([picture.width, picture.height]).toEqual([info.width, info.height]);
    expect(await readHeader(path)).toMatchObject({ width: info.width, height: info.height });
  });

  it.each(['jpeg', 'webp', 'tiff'] as const)('also in %s', async (format) => {
    const raw = { raw: { width: 32, height: 16, channels: 3 as const } };
    const dark = Buffer.alloc(32 * 16 * 3).fill(255, 0, 32 * 3 * 8);
    const file = await sharp(dark, raw)
      .withMetadata({ orientation: 6 })
      .toFormat(format)
      .toBuffer();
    const picture = await readPicture(await write('x', file));
    expect([picture.width, picture.height]).toEqual([16, 32]);
    // What was above is on the right.
    expect(picture.data[0]).toBeLessThan(10);
    expect(picture.data[15 * 3]).toBeGreaterThan(245);
  });

  it('also in a TIFF of measurements', async () => {
    const options = { bits: 16, format: 2, orientation: 8 };
    const picture = await readPicture(await write('x.tif', tiffOf(3, 2, [words(values)], options)));
    expect(picture).toMatchObject({ width: 2, height: 3 });
    expect([...picture.data]).toEqual([30, 60, 20, 50, 10, 40]);
  });
});
