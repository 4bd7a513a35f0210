import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../src/runtime/data/dataset.js';
import { inspectData } from '../../../src/runtime/data/inspect.js';
import { imagesOf } from '../../../src/runtime/data/sources/images.js';
import { survey } from '../../../src/runtime/data/survey.js';
import type { DataOptions } from '../../../src/runtime/experiments/options/data.js';
import { readListed, testFolder } from './folder.js';
import { niftiOf, npyOf, tiffOf } from './formats/bytes.js';

const { root, draw, write } = testFolder();

type FolderData = Extract<DataOptions, { kind: 'folder' }>;

const data = (options: Partial<FolderData> = {}): FolderData => ({
  kind: 'folder',
  root: root(),
  images: 'images/{id}.*',
  masks: 'masks/{id}.*',
  fov: null,
  labels: null,
  patient: null,
  split: { kind: 'seed', seed: 1, train: null, validation: 0, test: 0 },
  cache: null,
  ...options,
});

/** All images by their ids. */
async function opened(options: Partial<FolderData> = {}) {
  const { train, test } = await openDataset(data(options));
  const entries = [...train, ...test].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return Promise.all(entries.map((entry) => entry.read()));
}

const refusal = async (options: Partial<FolderData> = {}): Promise<string[]> => {
  const error = await opened(options).catch((caught: Error) => caught);
  return error instanceof Error ? error.message.split('\n') : [];
};

/** A volume whose voxels are 0 but for those of `foreground`, at [2, 1, slices]. */
const volume = (slices: number, ...foreground: readonly number[]): Buffer =>
  gzipSync(
    niftiOf(
      [2, 1, slices],
      Array.from({ length: 2 * slices }, (_, i) => (foreground.includes(i) ? 1 : 0)),
    ),
  );

describe('the slices of a volume', () => {
  it('have their own mask and their own field of view', async () => {
    for (const id of ['a', 'b']) {
      await write(`images/${id}.nii.gz`, volume(3, 0, 1, 2));
      await write(`masks/${id}.nii.gz`, volume(3, 2, 5));
      await write(`fov/${id}.nii.gz`, volume(3, 0, 2, 3, 5));
    }
    const samples = await opened();
    expect(samples.map(({ id }) => id)).toEqual(['a-z0', 'a-z1', 'a-z2', 'b-z0', 'b-z1', 'b-z2']);
    expect(samples.slice(0, 3).map(({ mask }) => [...mask.data])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(samples.slice(0, 3).map(({ fov }) => [...fov!.data])).toEqual([
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    const { parts } = await inspectData(data());
    // Four pixels of each volume are in its field of view, two of them foreground.
    expect(parts.train.shares).toEqual([0.5]);
  });

  it('are as many in the mask and in the field of view, or one sentence a volume says so', async () => {
    for (const [id, slices] of [
      ['a', 5],
      ['b', 2],
    ] as const) {
      await write(`images/${id}.nii.gz`, volume(3));
      await write(`masks/${id}.nii.gz`, volume(slices, 0));
      await write(`fov/${id}.nii.gz`, volume(id === 'a' ? 3 : 1, 0));
    }
    const said = await refusal();
    expect(said).toHaveLength(3);
    expect(said[0]).toMatch(/masks.a\.nii\.gz has 5 slices, .*images.a\.nii\.gz has 3 slices/);
    expect(said[1]).toMatch(/masks.b\.nii\.gz has 2 slices, .*images.b\.nii\.gz has 3 slices/);
    expect(said[2]).toMatch(/fov.b\.nii\.gz has 1 slice, .*has 3 slices/);
  });

  it.each([['pages of a TIFF', 'tif', tiffOf(2, 1, [Buffer.from([0, 1]), Buffer.from([1, 1])])]])(
    'may be %s',
    async (_, ending, masks) => {
      for (const id of ['a', 'b']) {
        const pages = [1, 2].map((n) => Buffer.from([n, 10 * n]));
        await write(`images/${id}.${ending}`, tiffOf(2, 1, pages));
        await write(`masks/${id}.${ending}`, masks);
      }
      const samples = await opened();
      expect(samples.map(({ id }) => id)).toEqual(['a-z0', 'a-z1', 'b-z0', 'b-z1']);
      expect([...samples[1]!.image.data, ...samples[1]!.mask.data]).toEqual([2, 20, 1, 1]);
    },
  );

  it('may be frames of a GIF', async () => {
    const frames = Buffer.alloc(4 * 8 * 3, 0).fill(255, 4 * 4 * 3);
    const raw = { width: 4, height: 8, channels: 3 as const, pageHeight: 4 };
    const gif = await sharp(frames, { raw }).gif().toBuffer();
    for (const id of ['a', 'b']) {
      await write(`images/${id}.gif`, gif);
      await write(`masks/${id}.gif`, gif);
    }
    const samples = await opened();
    expect(samples.map(({ mask }) => mask.data[0])).toEqual([0, 1, 0, 1]);
    expect(samples[1]!.image.data[0]).toBe(255);
  });

  it('lie on their mask: other directions are refused, both named, another place is a note', async () => {
    const ras = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 2, 0],
    ];
    const lps = [
      [-1, 0, 0, 0],
      [0, -1, 0, 0],
      [0, 0, 2, 0],
    ];
    const placed = (affine: readonly (readonly number[])[]) =>
      niftiOf([2, 1, 2], [0, 1, 0, 0], 1, 0, { affine });
    for (const id of ['a', 'b']) {
      await write(`images/${id}.nii`, placed(ras));
      await write(`masks/${id}.nii`, placed(id === 'a' ? lps : ras));
    }
    expect(await refusal()).toEqual([
      expect.stringMatching(/images.a\.nii is stored RAS and .*masks.a\.nii LPS .*: bring both/),
    ]);
    const [i, j, k] = ras;
    await write('masks/a.nii', placed([j!, i!, k!]));
    expect(await refusal()).toEqual([expect.stringMatching(/is stored RAS and .* ARS by/)]);
    await write('masks/a.nii', niftiOf([2, 1, 2], [0, 1, 0, 0]));
    expect(await refusal()).toEqual([]);
    const nearly = ras.map((row, n) => row.map((value, i) => value + (i === n ? 1e-6 : 1e-7)));
    await write('masks/a.nii', placed(nearly));
    expect(await refusal()).toEqual([]);
    const moved = ras.map((row) => [row[0]!, row[1]!, row[2]!, 5]);
    await write('masks/a.nii', placed(moved));
    const { problems, notes } = await inspectData(data());
    expect(problems).toEqual([]);
    expect(notes.join('\n')).toMatch(/masks.a\.nii lies up to 9 voxels away from its image/);
  });
});

describe('what is found before an image is read', () => {
  it('is a mask of another size', async () => {
    await draw('images/a.png', 2, [1, 2]);
    await draw('masks/a.png', 1, [0, 255]);
    await draw('images/b.png', 2, [1, 2]);
    await draw('masks/b.png', 2, [0, 255]);
    expect(await refusal()).toEqual([
      expect.stringMatching(/masks.a\.png is 1x2, but its image .*a\.png is 2x1/),
    ]);
    // Images are looked at all the same.
    expect((await inspectData(data())).sizes).toEqual([{ size: '2x1x1', images: 2 }]);
  });

  it('are many files that cannot be read: some are listed, in order, the rest is counted', async () => {
    for (let n = 10; n < 25; n++) {
      await write(`images/${n}.png`, 'torn');
      await draw(`masks/${n}.png`, 2, [0, 255]);
    }
    const said = await refusal();
    expect(said).toHaveLength(11);
    expect(said[0]).toMatch(/images.10\.png cannot be read as an image/);
    expect(said[9]).toMatch(/images.19\.png cannot be read as an image/);
    expect(said[10]).toBe('and 5 more files with the same fault');
  });

  it('are values of masks that fit no rule, in one sentence over all files', async () => {
    for (const [id, values] of [
      ['a', [0, 1]],
      ['b', [0, 2]],
      ['c', [0, 2]],
    ] as const) {
      await draw(`images/${id}.png`, 2, [1, 2]);
      await draw(`masks/${id}.png`, 2, values);
    }
    const [said, ...others] = await refusal();
    expect(others).toEqual([]);
    expect(said).toContain('2 (2 pixels in 2 files): ');
    const labels = { one: 1, two: 2 };
    expect((await opened({ labels })).map(({ mask }) => [...mask.data])).toEqual([
      [0, 1],
      [0, 2],
      [0, 2],
    ]);
  });

  it('is a class of the labels called ignore', async () => {
    await draw('images/a.png', 2, [1, 2]);
    await draw('masks/a.png', 2, [0, 255]);
    expect((await refusal({ labels: { ignore: 255 } })).join()).toMatch(/`ignore` beside `labels`/);
  });
});

describe('several masks of an image', () => {
  it('are one by the rule of the dataset, and must be of its size', async () => {
    await draw('image.png', 3, [1, 2, 3]);
    await draw('one.png', 3, [0, 255, 0]);
    await draw('two.png', 3, [0, 0, 255]);
    const pair = { id: 'a', image: 'image.png', masks: ['one.png', 'two.png'], fov: null };
    const options = { labels: null, ignore: null };
    const [entry] = await imagesOf([{ ...pair, patient: null }], root());
    const parts = { train: [], validation: [], test: [], unlabelled: [] };
    const source = { classes: ['x'], ...parts, unassigned: [entry!] };
    const { bound, report } = await survey(source, root(), options);
    expect(report.problems).toEqual([]);
    expect([...(await bound(entry!).read()).mask.data]).toEqual([0, 1, 1]);
    expect([...(await readListed(entry!)).mask.data]).toEqual([0, 1, 1]);
    await draw('two.png', 2, [0, 255]);
    const { problems } = (await survey(source, root(), options)).report;
    expect(problems).toEqual([expect.stringMatching(/two\.png is 2x1, but its image/)]);
    await expect(readListed(entry!)).rejects.toThrow(/two\.png is 2x1, but its image/);
  });
});

describe('what an inspection says', () => {
  it('is by which rule masks are read', async () => {
    for (const id of ['a', 'b']) {
      await draw(`images/${id}.png`, 2, [1, 2]);
      await draw(`masks/${id}.png`, 2, [0, 255]);
      await draw(`fov/${id}.png`, 2, [1, 1]);
    }
    const { notes, problems } = await inspectData(data());
    expect(problems).toEqual([]);
    expect(notes).toEqual([
      'masks: 0 and white, foreground is white',
      'fields of view: 0 and 1, inside is 1',
    ]);
  });

  it.each([
    [[0, 0], /^no mask has a pixel of foreground: /],
    [[255, 255], /^every pixel of every mask is foreground: /],
  ])('is a problem where all masks are %j', async (values, said) => {
    for (const id of ['a', 'b']) {
      await draw(`images/${id}.png`, 2, [1, 2]);
      await draw(`masks/${id}.png`, 2, values);
    }
    expect((await inspectData(data())).problems).toEqual([expect.stringMatching(said)]);
  });

  it('counts pixels that are no numbers, once a file', async () => {
    const values = [1, Number.NaN, 3, Number.POSITIVE_INFINITY];
    await write('images/a.nii', niftiOf([2, 1, 2], values, 1, 0, { type: 'f4' }));
    await write('masks/a.nii', niftiOf([2, 1, 2], [0, 1, 0, 0]));
    await write('images/b.npy', npyOf([1, 2], '<f4', Buffer.from(Float32Array.of(1, 2).buffer)));
    await draw('masks/b.png', 2, [0, 1]);
    const { problems } = await inspectData(data());
    expect(problems).toEqual([
      expect.stringMatching(/images.a\.nii has 2 values that are NaN or infinite in 2 slices: /),
    ]);
  });

  it('names grey images among coloured ones in one sentence, unless a step makes them alike', async () => {
    for (const id of ['a', 'b', 'c']) {
      if (id === 'c') await draw(`images/${id}.png`, 2, [1, 2]);
      else await draw(`images/${id}.png`, 2, [1, 2, 3, 4, 5, 6], 3);
      await draw(`masks/${id}.png`, 2, [0, 255]);
    }
    const { problems } = await inspectData(data());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /different channels: 2 of 3 channels, as [ab]; 1 of 1 channel, as c: add the step `gray/,
    );
    expect((await inspectData(data(), [{ gray: 'luminance' }])).problems).toEqual([]);
  });
});
