import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readMask, ruleOfFiles, unionOf } from '../../../../src/runtime/data/masks/read-mask.js';
import type { MaskOptions } from '../../../../src/runtime/experiments/options/data.js';
import { testFolder } from '../folder.js';
import { niftiOf, npyOf, words } from '../formats/bytes.js';

const { write, draw } = testFolder();

/** What files are, each by the rule that all of them fit. */
async function read(paths: readonly string[], options: Partial<MaskOptions> = {}) {
  const rule = await ruleOfFiles(paths, { labels: null, ignore: null, ...options });
  const masks = [];
  for (const path of paths) masks.push([...(await readMask(path, rule)).data]);
  return masks;
}

const refusal = async (paths: readonly string[], options: Partial<MaskOptions> = {}) =>
  ((await read(paths, options).catch((error: Error) => error)) as Error).message;

/** A gradient of all grey values up and down, as an edge that was smoothed has it. */
const edge = [...Array(256).keys()];

/** A grey picture of equal sides, its values brought between 0 and 255. */
function picture(side: number, at: (x: number, y: number) => number) {
  const data = Uint8ClampedArray.from({ length: side * side }, (_, i) =>
    at(i % side, Math.floor(i / side)),
  );
  const raw = { raw: { width: side, height: side, channels: 1 as const } };
  return sharp(Buffer.from(data), raw).toColourspace('b-w');
}

async function many(count: number, name: string, at: (x: number, y: number) => number) {
  const bytes = await picture(64, at).png().toBuffer();
  return Promise.all(Array.from({ length: count }, (_, i) => write(`${name}${i}.png`, bytes)));
}

describe('masks of one class', () => {
  it('are 1 where no file has more', async () => {
    const paths = [await draw('a.png', 4, [0, 1, 0, 1]), await draw('b.png', 2, [0, 0])];
    expect(await read(paths)).toEqual([
      [0, 1, 0, 1],
      [0, 0],
    ]);
  });

  it('are white where one has it, also where another is empty', async () => {
    const paths = [await draw('a.png', 3, [0, 255, 255]), await draw('b.png', 2, [0, 0])];
    expect(await read(paths)).toEqual([
      [0, 1, 1],
      [0, 0],
    ]);
  });

  it('are what is above one half of white where edges are smooth', async () => {
    const values = [...Array(1500).fill(0), ...edge, ...Array(800).fill(255)];
    const [mask] = await read([await draw('a.png', values.length, values)]);
    expect(mask!.indexOf(1)).toBe(1500 + 128);
    expect(mask!.slice(1500 + 128).every((v) => v === 1)).toBe(true);
  });

  it('are read from JPEG of any quality', async () => {
    const disc = Buffer.from(
      Uint8Array.from({ length: 64 * 64 }, (_, i) =>
        Math.hypot((i % 64) - 30, Math.floor(i / 64) - 33) < 20 ? 255 : 0,
      ),
    );
    const raw = { raw: { width: 64, height: 64, channels: 1 as const } };
    const wanted = [...disc].map((v) => (v === 255 ? 1 : 0));
    for (const quality of [50, 75, 95, 100]) {
      const jpeg = await sharp(disc, raw).toColourspace('b-w').jpeg({ quality }).toBuffer();
      const [mask] = await read([await write(`q${quality}.jpg`, jpeg)]);
      const wrong = mask!.filter((v, i) => v !== wanted[i]).length;
      expect(wrong).toBeLessThan(0.005 * wanted.length);
    }
  });

  it('are read from JPEG where noise left one pixel between', async () => {
    const drawn = picture(256, (x, y) => (x === 9 && y === 9 ? 230 : x < 100 ? 255 : 0));
    const path = await write('a.jpg', await drawn.jpeg({ quality: 100 }).toBuffer());
    const [mask] = await read([path]);
    expect(mask!.filter((v) => v === 1)).toHaveLength(256 * 100);
    const exact = await write('a.png', await drawn.png().toBuffer());
    expect(await refusal([exact])).toContain('230 (1 pixel in 1 file)');
  });

  it('of three classes in JPEG are no edges, at any quality', async () => {
    const ring = (x: number, y: number) => Math.hypot(x - 250, y - 250);
    for (const [radius, third] of [
      [70, 128],
      [60, 128],
      [70, 70],
      [70, 200],
    ] as const) {
      const drawn = picture(512, (x, y) =>
        ring(x, y) < 50 ? 255 : ring(x, y) < radius ? third : 0,
      );
      for (const quality of [50, 75, 95]) {
        const path = await write('a.jpg', await drawn.jpeg({ quality }).toBuffer());
        expect(await refusal([path])).toMatch(/neither all of 0 and 1 nor all of 0 and white/);
      }
    }
  });

  it('that hold a photograph among crisp ones are refused with its name', async () => {
    const crisp = await many(24, 'crisp', (x) => (x < 20 ? 255 : 0));
    const photograph = picture(64, (x, y) => (x * 3 + y + (x * y) / 50) % 256);
    const odd = await write('photograph.png', await photograph.png().toBuffer());
    expect(await refusal([...crisp, odd])).toMatch(
      /^.*photograph\.png has most of its pixels between 0 and white, .* values more: name a mask$/,
    );
  });

  it('that hold one of three values among smooth ones are refused with its name', async () => {
    const smooth = await many(23, 'smooth', (x, y) => 255 - 64 * (Math.hypot(x - 30, y - 31) - 18));
    expect(await read(smooth)).toHaveLength(23);
    const three = picture(64, (x, y) => (x < 10 ? 255 : x < 12 && y < 60 ? 128 : 0));
    const odd = await write('three.png', await three.png().toBuffer());
    expect(await refusal([...smooth, odd])).toMatch(
      /^.*three\.png has values .*128 \(120 pixels in 1 file\), 255 .*`labels: \{class1: 128, class2: 255\}`/,
    );
  });

  it('may be mostly edge, or have one straight edge of one shade, among others', async () => {
    const smooth = await many(23, 'smooth', (x, y) => 255 - 64 * (Math.hypot(x - 30, y - 31) - 18));
    const thin = picture(16, (x, y) => 255 - 60 * Math.abs(x - y));
    const straight = picture(64, (x) => (x < 30 ? 255 : x < 31 ? 150 : 0));
    const paths = [
      await write('thin.png', await thin.png().toBuffer()),
      await write('straight.png', await straight.png().toBuffer()),
    ];
    expect(await read([...smooth, ...paths])).toHaveLength(25);
  });

  it('are of 16 bits, or of measurements, with white or with 255', async () => {
    const deep = Uint16Array.of(0, 65535, 0, 65535);
    const raw = { raw: { width: 4, height: 1, channels: 1 as const } };
    const file = await sharp(deep, raw).toColourspace('grey16').png().toBuffer();
    expect(await read([await write('a.png', file)])).toEqual([[0, 1, 0, 1]]);
    const nifti = niftiOf([4, 1, 1], [0, 255, 0, 255], 1, 0, { type: 'u4' });
    expect(await read([await write('b.nii', nifti)])).toEqual([[0, 1, 0, 1]]);
    const few = Uint16Array.of(0, 255, 0, 255);
    const small = await sharp(few, raw).toColourspace('grey16').png().toBuffer();
    expect(await read([await write('c.png', small)])).toEqual([[0, 1, 0, 1]]);
  });

  it('are read from transparency where the colour is everywhere one', async () => {
    const rgba = (alphas: readonly number[]) =>
      sharp(Buffer.from(alphas.flatMap((alpha) => [255, 255, 255, alpha])), {
        raw: { width: alphas.length, height: 1, channels: 4 },
      })
        .png()
        .toBuffer();
    const drawnIn = await write('a.png', await rgba([0, 255, 255]));
    // Of one colour and one transparency: empty, as the other file says.
    const empty = await write('b.png', await rgba([0, 0]));
    expect(await read([drawnIn, empty])).toEqual([
      [0, 1, 1],
      [0, 0],
    ]);
  });

  it.each([
    ['0 and 2', [0, 2, 2], '`labels: {foreground: 2}`'],
    ['0 and 100', [0, 100, 0], '`labels: {foreground: 100}`'],
    ['0, 1 and 2', [0, 1, 2], '`labels: {class1: 1, class2: 2}`'],
    ['three shades', [0, 128, 255], '`labels: {class1: 128, class2: 255}`'],
    ['one that may be not judged', [0, 1, 255], '`labels: {foreground: 1}` and `ignore: 255`'],
  ])('of %s are refused with the labels to write', async (_, values, labels) => {
    const path = await draw('a.png', values.length, values);
    const said = await refusal([path]);
    expect(said).toContain(labels);
    expect(said).toContain(`${values.at(-1)} (`);
  });

  it('of 0 and 1 among those of 0 and white, or of 0, 1 and 2, are refused together, counted', async () => {
    const ones = await draw('a.png', 3, [0, 1, 0]);
    const white = await draw('b.png', 3, [0, 255, 0]);
    const three = await draw('c.png', 3, [0, 2, 1]);
    expect(await refusal([ones, white])).toMatch(
      /1 \(1 pixel in 1 file\), 255 \(1 pixel in 1 file\): .*`labels: \{foreground: \[1, 255\]\}`/,
    );
    const labels = { foreground: [1, 255] };
    expect(await read([ones, white], { labels })).toEqual([
      [0, 1, 0],
      [0, 1, 0],
    ]);
    expect(await refusal([ones, three])).toMatch(
      /0 \(3 pixels in 2 files\), 1 \(2 pixels in 2 files\), 2 \(1 pixel in 1 file\): .*\{class1: 1, class2: 2\}/,
    );
  });

  it('drawn in a colour are refused with the colour', async () => {
    const path = await draw('a.png', 2, [0, 0, 0, 0, 255, 0], 3);
    expect(await refusal([path])).toMatch(/in colours: .*`labels: \{foreground: "#00ff00"\}`/);
  });

  it('of 16 bits in a colour are that colour in 8', async () => {
    const deep = Uint16Array.of(0, 0, 0, 0, 65535, 0);
    const raw = { raw: { width: 2, height: 1, channels: 3 as const } };
    const file = await sharp(deep, raw).toColourspace('rgb16').png().toBuffer();
    const path = await write('a.png', file);
    expect(await refusal([path])).toContain('`labels: {foreground: "#00ff00"}`');
    expect(await read([path], { labels: { a: '#00ff00' } })).toEqual([[0, 1]]);
  });

  it('of 255 and of 65535 in files of 16 bits are refused together', async () => {
    const deep = async (name: string, white: number) => {
      const raw = { raw: { width: 2, height: 1, channels: 1 as const } };
      const picture = sharp(Uint16Array.of(0, white), raw).toColourspace('grey16');
      return write(name, await picture.png().toBuffer());
    };
    const paths = [await deep('a.png', 255), await deep('b.png', 65535)];
    expect(await refusal(paths)).toMatch(/255 \(1 pixel in 1 file\), 65535 \(1 pixel/);
  });

  it('of PGM have the white that it names', async () => {
    expect(await read([await write('a.pgm', 'P2 3 1 5 0 5 5')])).toEqual([[0, 1, 1]]);
  });

  it('with transparency beside colours are refused, unless it shows where they are black', async () => {
    const rgba = async (name: string, values: readonly number[]) => {
      const raw = { raw: { width: values.length / 4, height: 1, channels: 4 as const } };
      return write(name, await sharp(Buffer.from(values), raw).png().toBuffer());
    };
    const strokes = await rgba('a.png', [255, 255, 255, 0, 0, 0, 0, 255]);
    expect(await refusal([strokes])).toMatch(/a\.png has transparency that differs .* colours/);
    const clear = await rgba('b.png', [0, 0, 0, 0, 255, 255, 255, 255]);
    expect(await read([clear])).toEqual([[0, 1]]);
  });

  it.each([
    ['NaN', Number.NaN, /1 pixels? that (is|are) NaN/],
    ['halves', 0.5, /neither all of 0 and 1 .*0\.5 \(/],
    ['negative numbers', -1, /neither all of 0 and 1 .*-1 \(/],
  ])('that hold %s are refused', async (_, value, said) => {
    const bytes = Buffer.from(Float32Array.of(0, 1, value).buffer);
    expect(await refusal([await write('a.npy', npyOf([1, 3], '<f4', bytes))])).toMatch(said);
  });

  it('whose numbers are too large to hold are refused once', async () => {
    const big = niftiOf([1, 1, 3], [0, 1, 2 ** 24 + 1], 1, 0, { type: 'i8' });
    expect(await refusal([await write('a.nii', big)])).toMatch(/^.*a\.nii has 1 value.*$/);
  });

  it('of four channels are refused', async () => {
    const path = await write('a.npy', npyOf([1, 1, 4], '<i2', words([0, 1, 0, 0])));
    expect(await refusal([path])).toMatch(/a\.npy is no mask: it has 4 channels/);
  });
});

describe('a label map', () => {
  it('has the classes of its grey values, in the order of the labels', async () => {
    const path = await draw('x.png', 5, [0, 80, 160, 200, 80]);
    const labels = { disc: 160, cup: [80, 200] };
    expect(await read([path], { labels })).toEqual([[0, 2, 1, 2, 2]]);
  });

  it('has the classes of its colours', async () => {
    const colours = [0, 0, 0, 255, 0, 0, 255, 255, 255, 0, 128, 0];
    const path = await draw('x.png', 4, colours, 3);
    const labels = { a: '#FF0000', b: '#008000', background: ['#000000', '#ffffff'] };
    expect(await read([path], { labels })).toEqual([[0, 1, 0, 2]]);
  });

  it('takes equal values in three channels for grey', async () => {
    const path = await draw('x.png', 3, [0, 0, 0, 7, 7, 7, 0, 0, 0], 3);
    expect(await read([path], { labels: { a: 7 } })).toEqual([[0, 1, 0]]);
  });

  it('is refused with the values that no label names, over all files', async () => {
    const paths = [await draw('x.png', 3, [0, 1, 9]), await draw('y.png', 3, [9, 9, 8])];
    const said = await refusal(paths, { labels: { a: 1 } });
    expect(said).toMatch(/8 \(1 pixel in 1 file\), 9 \(3 pixels in 2 files\)/);
    expect(said).toContain('`background: [0, 8, 9]`');
  });

  it('with a palette has the colours of it, and says so', async () => {
    const colours = [0, 0, 0, 128, 0, 0, 0, 128, 0];
    const raw = { raw: { width: 3, height: 1, channels: 3 as const } };
    const file = await sharp(Buffer.from(colours), raw).png({ palette: true }).toBuffer();
    const path = await write('x.png', file);
    expect(await refusal([path], { labels: { a: 1, b: 2 } })).toMatch(
      /#008000 .*#800000 .*of a file with a palette its colours count/,
    );
    const labels = { a: '#800000', b: '#008000' };
    expect(await read([path], { labels })).toEqual([[0, 1, 2]]);
  });

  it.each([
    ['two classes', { a: 1, b: 1, c: [2, 4] }, null, /value 1 is in both a and b/],
    ['two lists', { a: [1, 2], b: [2, 4] }, null, /value 2 is in both a and b/],
    ['a class and the background', { background: [0, 4], a: 4 }, null, /4 is in both background/],
    ['a class and what is not judged', { a: 1 }, 1, /1 is in both a and data\.ignore/],
    ['one colour in two cases', { a: '#ff00aa', b: '#FF00AA' }, null, /#ff00aa is in both a and b/],
    ['a grey value and its colour', { a: 1, b: '#010101' }, null, /value 1 is in both a and b/],
  ])('that names one value for %s is refused', async (_, labels, ignore, said) => {
    const path = await draw('x.png', 4, [0, 1, 2, 4]);
    expect(await refusal([path], { labels, ignore })).toMatch(said);
  });

  it('may write a value twice in one list, and 0 for a class of its own', async () => {
    const path = await draw('x.png', 2, [0, 1]);
    expect(await read([path], { labels: { a: [1, 1], b: 0 } })).toEqual([[2, 1]]);
    expect(await read([path], { labels: { a: 1 }, ignore: 0 })).toEqual([[255, 1]]);
  });

  it('leaves out what nobody judged, with labels and without', async () => {
    const path = await draw('x.png', 4, [0, 1, 255, 1]);
    expect(await read([path], { ignore: 255 })).toEqual([[0, 1, 255, 1]]);
    expect(await read([path], { labels: { disc: 1 }, ignore: [255] })).toEqual([[0, 1, 255, 1]]);
    const grey = await draw('y.png', 4, [0, 128, 255, 255]);
    expect(await read([grey], { ignore: 128 })).toEqual([[0, 255, 1, 1]]);
  });
});

describe('several masks of an image', () => {
  const mask = (path: string, ...data: number[]) => ({
    path,
    mask: { width: data.length, height: 1, data: Uint8Array.from(data) },
  });

  it('are the union of their foreground', () => {
    const union = unionOf([mask('a', 0, 1, 0, 255, 255), mask('b', 1, 1, 0, 0, 1)]);
    expect([...union.data]).toEqual([1, 1, 0, 255, 1]);
  });

  it('that give a pixel two classes are refused, both named', () => {
    const masks = [mask('a.png', 0, 0), mask('b.png', 0, 1), mask('c.png', 0, 2)];
    expect(() => unionOf(masks)).toThrow(
      'b.png and c.png give the pixel at column 1, row 0 two classes, 1 and 2',
    );
  });
});
