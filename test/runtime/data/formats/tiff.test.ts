import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  readHeader,
  readPicture,
  readPixels,
} from '../../../../src/runtime/data/formats/read-picture.js';
import { openSource } from '../../../../src/runtime/data/formats/source.js';
import { pagesOf } from '../../../../src/runtime/data/formats/tiff-pages.js';
import { samplesOf } from '../../../../src/runtime/data/formats/tiff-samples.js';
import { testFolder } from '../folder.js';
import { type TiffOptions, tiffOf, words } from './bytes.js';

const { write } = testFolder();

const read = async (bytes: Buffer, slice = 0) => {
  const { data, channels } = await readPicture(await write('x.tif', bytes), slice);
  return { channels, data: [...data] };
};

const bytesOf = (array: { readonly buffer: ArrayBufferLike }): Buffer =>
  Buffer.from(array.buffer as ArrayBuffer);

describe('the samples of a TIFF', () => {
  it.each<[string, TiffOptions, Buffer, number[]]>([
    ['floating, 32 bits', { bits: 32, format: 3 }, bytesOf(Float32Array.of(1.5, -3)), [1.5, -3]],
    ['floating, 64 bits', { bits: 64, format: 3 }, bytesOf(Float64Array.of(1.5, -3)), [1.5, -3]],
    ['signed, 16 bits', { bits: 16, format: 2 }, words([-1000, 400]), [-1000, 400]],
    ['signed, 32 bits', { bits: 32, format: 2 }, bytesOf(Int32Array.of(-5, 7)), [-5, 7]],
    ['unsigned, 32 bits', { bits: 32 }, bytesOf(Uint32Array.of(5, 70000)), [5, 70000]],
    ['whole, 64 bits', { bits: 64, format: 2 }, bytesOf(BigInt64Array.of(-5n, 7n)), [-5, 7]],
  ])('%s, are measurements', async (_, options, strip, values) => {
    const path = await write('x.tif', tiffOf(2, 1, [strip], options));
    const { data, white } = await readPixels(path);
    expect([...data]).toEqual(values);
    expect(white).toBeNull();
  });

  const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
  it.each<[string, TiffOptions]>([
    ['four without a word of transparency', { samples: 4, photometric: 1, extra: [0, 0, 0] }],
    ['colours and another', { samples: 4, photometric: 2, extra: [0] }],
    ['two', { samples: 2, photometric: 1, extra: [0] }],
  ])('%s, all arrive', async (_, options) => {
    const samples = options.samples as number;
    const file = tiffOf(8 / samples, 1, [Buffer.from(numbers)], options);
    expect(await read(file)).toEqual({ channels: samples, data: numbers });
    expect(await readHeader(await write('y.tif', file))).toMatchObject({ channels: samples });
  });

  it('in planes are put side by side', async () => {
    const planes = Buffer.from([1, 5, 2, 6, 3, 7, 4, 8]);
    const options = { samples: 4, photometric: 1, extra: [0, 0, 0], planar: 2 };
    expect((await read(tiffOf(2, 1, [planes], options))).data).toEqual(numbers);
  });

  it('that are packed are unpacked, differences of neighbours undone', async () => {
    const values = Array.from({ length: 64 * 64 }, (_, i) => ((i * 7) % 500) - 250);
    const differences = values.map((value, i) => (i % 64 === 0 ? value : value - values[i - 1]!));
    const deflated = { bits: 16, format: 2, compression: 8 };
    const plain = tiffOf(64, 64, [deflateSync(words(values))], deflated);
    expect((await read(plain)).data).toEqual(values);
    const moved = tiffOf(64, 64, [deflateSync(words(differences))], { ...deflated, predictor: 2 });
    expect((await read(moved)).data).toEqual(values);
  });

  const [width, height] = [150, 70];
  const waves = Uint8Array.from(
    { length: width * height },
    (_, i) => 128 + Math.sin(i / 9) * 100 + ((i * 31) % 17),
  );

  it.each(['lzw', 'deflate', 'packbits', 'none'] as const)(
    'floating, as libtiff packs them by %s, in strips and tiles',
    async (compression) => {
      const raw = { raw: { width, height, channels: 1 as const } };
      for (const tile of [false, true]) {
        const picture = sharp(waves, raw).toColourspace('b-w');
        const file = await picture.tiff({ compression, predictor: 'float', tile }).toBuffer();
        expect((await sharp(file).metadata()).depth).toBe('float');
        expect((await read(file)).data).toEqual([...waves]);
      }
    },
  );

  it.each([
    ['lzw', 'none'],
    ['lzw', 'horizontal'],
    ['deflate', 'horizontal'],
    ['packbits', 'none'],
  ] as const)(
    'whole, as libtiff packs them by %s, predictor %s',
    async (compression, predictor) => {
      const colours = Uint16Array.from(
        { length: width * height * 3 },
        (_, i) => (i * i * 13) % 65536,
      );
      const raw = { raw: { width, height, channels: 3 as const } };
      for (const tile of [false, true]) {
        const picture = sharp(colours, raw).toColourspace('rgb16');
        const file = await picture.tiff({ compression, predictor, tile }).toBuffer();
        const source = await openSource(await write('x.tif', file));
        const [page] = await pagesOf(source);
        expect(page).toMatchObject({ bits: 16, samples: 3 });
        const { data } = await samplesOf(source, page!);
        expect([...data]).toEqual([...colours]);
      }
    },
  );

  it('that are transparency are no channel, and are refused where they differ', async () => {
    const options = { samples: 4, photometric: 2, extra: [2] };
    const even = tiffOf(2, 1, [Buffer.from([1, 2, 3, 9, 4, 5, 6, 9])], options);
    expect(await read(even)).toEqual({ channels: 3, data: [1, 2, 3, 4, 5, 6] });
    const odd = tiffOf(2, 1, [Buffer.from([1, 2, 3, 9, 4, 5, 6, 8])], options);
    await expect(read(odd)).rejects.toThrow(/transparency that differs from pixel to pixel: save/);
  });

  it('packed in a way that is not read are refused', async () => {
    const file = tiffOf(1, 1, [words([1])], { bits: 16, format: 2, compression: 50000 });
    await expect(read(file)).rejects.toThrow(/compression 50000 .*: save it uncompressed/);
  });
});

describe('the pages of a TIFF', () => {
  it('are slices, smaller copies passed over', async () => {
    const pages = [1, 2, 3].map((n) => Buffer.from([n, 10 * n]));
    const path = await write('x.tif', tiffOf(2, 1, pages, [{}, { subfile: 1 }, {}]));
    expect(await readHeader(path)).toMatchObject({ width: 2, height: 1, slices: 2, channels: 1 });
    expect([...(await readPicture(path, 1)).data]).toEqual([3, 30]);
  });

  it('of floating numbers are slices too', async () => {
    const pages = [1.5, 2.5].map((n) => bytesOf(Float32Array.of(n, -n)));
    const options = { bits: 32, format: 3 };
    const file = tiffOf(2, 1, pages, [options, options]);
    expect((await read(file, 1)).data).toEqual([2.5, -2.5]);
  });
});
