import { gzipSync } from 'node:zlib';
import { encode } from 'bmp-ts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  readPicture,
  readPixels,
  readSize,
} from '../../../../src/runtime/data/formats/read-picture.js';
import { testFolder } from '../folder.js';
import { bitmapOf, dicomOf, niftiOf, npyOf, words } from './bytes.js';
import { greyProfile, profileOf, withProfile } from './icc.js';

const { write, draw } = testFolder();
const values = [0, 51, 102, 153, 204, 255];

const read = async (path: string, slice = 0) => {
  const { data, ...picture } = await readPicture(path, slice);
  return { ...picture, data: [...data] };
};

describe('a picture', () => {
  it.each(['png', 'tif', 'webp', 'gif'])('of colours is read from %s', async (ending) => {
    const colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];
    const path = await draw(`x.${ending}`, 2, colours, 3);
    const { width, height, channels, data } = await read(path);
    expect({ width, height, channels }).toEqual({ width: 2, height: 2, channels: 3 });
    expect(await readSize(path)).toEqual({ width: 2, height: 2, slices: 1 });
    expect(data).toEqual(colours);
  });

  it('of 16 bits keeps its depth on the scale of 0 to 255', async () => {
    const deep = Uint16Array.from([0, 257, 300, 65535]);
    const png = await sharp(deep, { raw: { width: 2, height: 2, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    const { channels, data } = await read(await write('x.png', png));
    expect(channels).toBe(1);
    expect(data[1]).toBe(1);
    expect(data[2]).toBeCloseTo(300 / 257, 5);
    expect(data[3]).toBe(255);
  });

  it.each([
    ['uchar', Uint8Array, 'b-w', 1],
    ['ushort', Uint16Array, 'grey16', 257],
  ] as const)(
    'of greys with transparency keeps them apart: %s',
    async (depth, Kind, space, one) => {
      const la = async (values: readonly number[]) => {
        const raw = { width: 2, height: 1, channels: 2 } as const;
        const picture = sharp(new Kind(values.map((value) => value * one)), { raw });
        const png = await picture.toColourspace(space).png().toBuffer();
        expect(await sharp(png).metadata()).toMatchObject({ channels: 2, depth });
        return write('la.png', png);
      };
      expect((await read(await la([10, 99, 20, 99]))).data).toEqual([10, 20]);
      const varying = await la([10, 0, 20, 255]);
      await expect(readPicture(varying)).rejects.toThrow(/transparency that differs/);
      expect([...(await readPixels(varying)).alpha!]).toEqual([0, 255 * one]);
    },
  );

  it.each([
    ['a profile of colours', 3, 'p3', 'uchar'],
    ['a profile of deep colours', 3, 'srgb', 'ushort'],
    ['a profile of greys', 1, 'grey', 'uchar'],
  ] as const)('with %s is read as it is stored', async (_, channels, profile, depth) => {
    const [Kind, one] = depth === 'uchar' ? [Uint8Array, 1] : [Uint16Array, 257];
    const stored = [0, 1, 2, 3, 10, 64, 128, 200, 255, 20, 100, 50];
    const raw = { width: stored.length / channels, height: 1, channels };
    const png = await sharp(new Kind(stored.map((value) => value * one)), { raw })
      .toColourspace(channels === 1 ? 'b-w' : one === 1 ? 'srgb' : 'rgb16')
      .png()
      .toBuffer();
    const icc = profile === 'grey' ? greyProfile() : await profileOf(profile);
    const { data } = await read(await write('x.png', withProfile(png, icc)));
    expect(data).toEqual(stored);
  });

  it('of a kind that is packed itself may be gzipped', async () => {
    const path = await draw('x.png', 2, [10, 20]);
    const { readFile } = await import('node:fs/promises');
    const packed = await write('x.png.gz', gzipSync(await readFile(path)));
    expect(await readSize(packed)).toEqual({ width: 2, height: 1, slices: 1 });
    expect((await read(packed)).data).toEqual([10, 20]);
  });

  it('is known by its content, whatever its name', async () => {
    const png = await draw('x.png', 3, values);
    const { readFile } = await import('node:fs/promises');
    expect(await read(await write('x.jpg', await readFile(png)))).toMatchObject({ data: values });
  });

  it('is read from PGM and PPM, text and bytes, of 8 and 16 bits', async () => {
    const text = '# one\n3 2\n# two\n5\n';
    const grey = { width: 3, height: 2, channels: 1, data: values };
    expect(await read(await write('a.pgm', `P2 ${text}0 1 2 3 4 5`))).toEqual(grey);
    const bytes = Buffer.concat([Buffer.from(`P5\n${text}`), Buffer.from([0, 1, 2, 3, 4, 5])]);
    expect(await read(await write('b.pgm', bytes))).toEqual(grey);
    const deep = Buffer.from([0, 0, 1, 0, 2, 0]);
    const wide = Buffer.concat([Buffer.from('P6 1 1 512 '), deep]);
    expect(await read(await write('c.ppm', wide))).toMatchObject({
      channels: 3,
      data: [0, 127.5, 255],
    });
    expect(await read(await write('d.ppm', 'P3 1 1 255 7 8 9'))).toMatchObject({ data: [7, 8, 9] });
  });

  it('is unpacked where it is gzipped', async () => {
    const path = await write('im0001.ppm.gz', gzipSync('P3 1 1 255 7 8 9'));
    expect(await read(path)).toMatchObject({ data: [7, 8, 9] });
    expect(await readSize(path)).toEqual({ width: 1, height: 1, slices: 1 });
  });

  it('is read from BMP, the right way up and in the right colours', async () => {
    // The encoder takes alpha, blue, green and red.
    const data = Buffer.from([0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 9, 9, 9]);
    const bmp = encode({ data, width: 2, height: 2, bitPP: 24 } as Parameters<typeof encode>[0]);
    const path = await write('x.bmp', bmp.data);
    expect(await read(path)).toEqual({
      width: 2,
      height: 2,
      channels: 3,
      data: [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9],
    });
    expect(await readSize(path)).toEqual({ width: 2, height: 2, slices: 1 });
  });

  it('is read from BMP with a palette: one channel where it is of greys', async () => {
    const numbers = [0, 100, 200, 255, 10, 20, 30, 40];
    const grey = await write(
      'grey.bmp',
      bitmapOf(4, numbers, (i) => [i, i, i]),
    );
    expect(await read(grey)).toEqual({ width: 4, height: 2, channels: 1, data: numbers });
    expect(await readSize(grey)).toEqual({ width: 4, height: 2, slices: 1 });
    const coloured = await write(
      'colours.bmp',
      bitmapOf(4, [1, 2, 3, 4], (i) => [i, 10 * i, 20 * i]),
    );
    expect(await read(coloured)).toMatchObject({
      channels: 3,
      data: [20, 10, 1, 40, 20, 2, 60, 30, 3, 80, 40, 4],
    });
  });
});

describe('an array of NumPy', () => {
  const numbers = [-1000, 2, 3, 400, 5, 6];

  it('keeps its values, whatever their type, order and ends', async () => {
    const little = npyOf([2, 3], '<i2', words(numbers));
    const big = npyOf([2, 3], '>i2', Buffer.from(words(numbers)).swap16());
    const columns = npyOf([2, 3], '<i2', words([-1000, 400, 2, 5, 3, 6]), true);
    const double = npyOf([2, 3], '<f8', Buffer.from(Float64Array.from(numbers).buffer));
    for (const file of [little, big, columns, double]) {
      const picture = await read(await write('x.npy', file));
      expect(picture).toEqual({ width: 3, height: 2, channels: 1, data: numbers });
    }
  });

  it('has its channels last', async () => {
    const colours = await write('x.npy', npyOf([1, 2, 3], '|u1', Buffer.from(values)));
    expect(await read(colours)).toEqual({ width: 2, height: 1, channels: 3, data: values });
    const planes = await write('y.npy', npyOf([3, 9, 9], '|u1', Buffer.alloc(243)));
    await expect(readPicture(planes)).rejects.toThrow(
      /y\.npy .*shape is \[3, 9, 9\]: save .*np\.moveaxis/,
    );
  });
});

describe('a volume of NIfTI', () => {
  it('is read slice by slice, scaled, also where it is gzipped', async () => {
    const file = niftiOf([2, 1, 3], [0, 1, 2, 3, 4, 5], 2, -10);
    const paths = [await write('x.nii', file), await write('y.nii.gz', gzipSync(file))];
    for (const path of paths) {
      expect(await readSize(path)).toEqual({ width: 2, height: 1, slices: 3 });
      expect((await read(path, 2)).data).toEqual([-2, 0]);
    }
  });
});

describe('DICOM', () => {
  it('is rescaled to Hounsfield units', async () => {
    const options = { slope: '2', intercept: '-1024' };
    const path = await write('x.dcm', dicomOf(2, 2, [0, 512, 600, -1], options));
    expect(await read(path)).toEqual({
      width: 2,
      height: 2,
      channels: 1,
      data: [-1024, 0, 176, -1026],
    });
    expect(await readSize(path)).toEqual({ width: 2, height: 2, slices: 1 });
  });

  it('is turned round where white is its least value', async () => {
    const path = await write('x.dcm', dicomOf(2, 1, [5, -6], { photometric: 'MONOCHROME1' }));
    expect((await read(path)).data).toEqual([-6, 5]);
  });

  it.each([
    ['an overlay above 12 bits', { stored: 12, signed: 0 }, [0x802d, 0x0fff], [45, 4095]],
    ['signed numbers of 12 bits', { stored: 12 }, [0x7fff, 0x0800, 5], [-1, -2048, 5]],
    ['the upper 12 bits', { stored: 12, high: 15, signed: 0 }, [0x02df, 0xfff0], [45, 4095]],
  ])('has the bits that are stored: %s', async (_, options, values, expected) => {
    const path = await write('x.dcm', dicomOf(values.length, 1, values, options));
    expect((await read(path)).data).toEqual(expected);
  });

  it('is refused where the stored bits do not fit', async () => {
    const path = await write('x.dcm', dicomOf(1, 1, [1], { stored: 12, high: 16 }));
    await expect(readPicture(path)).rejects.toThrow(/12 stored bits up to bit 16 do not fit 16/);
  });

  it('is rescaled by the functional groups of enhanced DICOM, the own of a frame first', async () => {
    const shared = ['2', '-1000'] as const;
    const options = { frames: 3, shared, perFrame: [null, ['3', '7'] as const, null] };
    const path = await write('x.dcm', dicomOf(1, 1, [10, 20, 30], options));
    const slices = [0, 1, 2].map(async (slice) => (await read(path, slice)).data);
    expect(await Promise.all(slices)).toEqual([[-980], [67], [-940]]);
  });

  it('is refused where its values are places in a palette', async () => {
    const path = await write('x.dcm', dicomOf(1, 1, [1], { photometric: 'PALETTE COLOR' }));
    await expect(readPicture(path)).rejects.toThrow(/x\.dcm .*PALETTE COLOR.*: save it as RGB/);
  });

  it('is refused where it is compressed', async () => {
    const path = await write('x.dcm', dicomOf(1, 1, [1], { syntax: '1.2.840.10008.1.2.4.70' }));
    await expect(readPicture(path)).rejects.toThrow(
      /x\.dcm .*4\.70 is compressed.*: save it uncompressed/,
    );
  });
});

describe('a damaged file', () => {
  it.each([
    ['x.png', Buffer.from('\x89PNG\r\n\x1a\nnothing more', 'latin1')],
    ['x.pgm', Buffer.from('P5 9 9 255 few')],
    ['x.npy', npyOf([2, 3], '<i2', Buffer.alloc(5))],
    ['x.nii', niftiOf([2, 1, 3], [1], 1, 0)],
    ['x.dcm', dicomOf(4, 4, [1, 2])],
    ['x.bmp', Buffer.from(`BM${'\xff'.repeat(60)}`, 'latin1')],
    ['x.txt', Buffer.from('no picture at all')],
    ['x.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3])],
    ['empty.png', Buffer.alloc(0)],
  ])('%s is named', async (name, bytes) => {
    const path = await write(name, bytes);
    const refusal = await readPicture(path, name === 'x.nii' ? 2 : 0).catch(
      (error: Error) => error,
    );
    expect(refusal).toMatchObject({ name: 'InputError' });
    expect((refusal as Error).message).toContain(`${path} cannot be read as an image: `);
  });
});
