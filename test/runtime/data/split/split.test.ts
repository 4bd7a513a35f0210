import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ListedImage } from '../../../../src/runtime/data/dataset.js';
import { type Given, splitBy } from '../../../../src/runtime/data/split/split.js';
import type { SplitOptions } from '../../../../src/runtime/experiments/options/data.js';
import { testFolder } from '../folder.js';

const { root } = testFolder();

const entry = (id: string, group: string | null = null): ListedImage => ({
  id,
  group,
  files: null,
});
const images = (count: number, per = 0): ListedImage[] =>
  Array.from({ length: count }, (_, i) =>
    entry(String(i).padStart(3, '0'), per === 0 ? null : `p${Math.floor(i / per)}`),
  );
const pool = (unassigned: readonly ListedImage[]): Given => ({
  train: [],
  validation: [],
  test: [],
  unassigned,
  unlabelled: [],
});
const ids = (entries: readonly ListedImage[]) => entries.map(({ id }) => id);
const seed = { kind: 'seed', seed: 1, train: null, validation: 0.1, test: 0.2 } as const;

describe('a split by seed', () => {
  it('is the same in whatever order files are listed, and another for another seed', async () => {
    const one = await splitBy(seed, pool(images(50)));
    expect(await splitBy(seed, pool(images(50).reverse()))).toEqual(one);
    // A run repeats by these on any machine and in any later version.
    expect(ids(one.test).join(' ')).toBe('000 002 004 007 008 014 016 022 038 041');
    const other = await splitBy({ ...seed, seed: 2 }, pool(images(50)));
    expect(ids(other.test)).not.toEqual(ids(one.test));
  });

  it('takes shares and counts, and the rest to train on', async () => {
    const parts = async (options: Partial<typeof seed> | object) => {
      const { train, validation, test } = await splitBy({ ...seed, ...options }, pool(images(50)));
      expect(new Set(ids([...train, ...validation, ...test])).size).toBe(
        train.length + validation.length + test.length,
      );
      return [train.length, validation.length, test.length];
    };
    expect(await parts({})).toEqual([35, 5, 10]);
    expect(await parts({ train: 8, validation: 3, test: 4 })).toEqual([8, 3, 4]);
    expect(await parts({ validation: 0, test: 7 })).toEqual([43, 0, 7]);
  });

  it('tests on the same images however many are validated on', async () => {
    const { test } = await splitBy(seed, pool(images(50)));
    expect((await splitBy({ ...seed, validation: 11 }, pool(images(50)))).test).toEqual(test);
  });

  it('never has one patient on two sides', async () => {
    const { train, validation, test } = await splitBy(seed, pool(images(60, 3)));
    const patients = [train, validation, test].map(
      (part) => new Set(part.map(({ group }) => group)),
    );
    expect(patients.map(({ size }) => size)).toEqual([14, 2, 4]);
    expect(new Set(patients.flatMap((part) => [...part])).size).toBe(20);
  });

  it('gives a share at least one patient, never the last', async () => {
    const count = async (patients: number) => {
      const { train, validation, test } = await splitBy(seed, pool(images(4 * patients, 4)));
      return [train.length, validation.length, test.length];
    };
    expect(await count(3)).toEqual([4, 4, 4]);
    expect(await count(2)).toEqual([4, 0, 4]);
    expect(await count(1)).toEqual([4, 0, 0]);
  });

  it('may leave the test images that the dataset keeps apart', async () => {
    const given = { ...pool([]), train: images(10), test: [entry('x'), entry('y')] };
    const { train, validation, test } = await splitBy(
      { ...seed, validation: 2, test: 'given' },
      given,
    );
    expect([train.length, validation.length, ids(test)]).toEqual([8, 2, ['x', 'y']]);
    await expect(splitBy({ ...seed, test: 'given' }, pool(images(9)))).rejects.toThrow(
      /keeps no test images/,
    );
  });

  it('is refused where it asks for more than there is', async () => {
    const ask = (options: object, entries = images(10)) =>
      splitBy({ ...seed, ...options }, pool(entries));
    await expect(ask({ test: 11 })).rejects.toThrow(
      'data.split.test asks for 11 images, but 10 are left',
    );
    await expect(ask({ test: 6, validation: 5 })).rejects.toThrow(
      /validation asks for 5 images, but 4/,
    );
    await expect(ask({ test: 6, validation: 4 })).rejects.toThrow(/no image to train on/);
    await expect(ask({ test: 4 }, images(12, 3))).rejects.toThrow(
      /asks for 4 images, whole patients give 3/,
    );
  });
});

describe('a split by lists', () => {
  const list = async (name: string, text: string): Promise<string> => {
    const path = join(root(), name);
    await writeFile(path, text);
    return path;
  };
  const by = (options: { train?: string; validation?: string; test: string }): SplitOptions => ({
    kind: 'list',
    train: options.train ?? null,
    validation: options.validation ?? null,
    test: options.test,
  });

  it('trains on what no list has', async () => {
    const test = await list('test.txt', '# held out\n001\n\n 003 # twice drawn\n');
    const { train, validation, test: tested } = await splitBy(by({ test }), pool(images(5)));
    expect([ids(train), ids(validation), ids(tested)]).toEqual([
      ['000', '002', '004'],
      [],
      ['001', '003'],
    ]);
  });

  const at = (id: string, image: string, group: string | null = null): ListedImage => ({
    ...entry(id, group),
    files: { image, masks: [], fov: null, slice: 0 },
  });

  it('may come from Windows, and name files with their endings or their paths', async () => {
    const all = ['a', 'b', 'c', 'd', 'Ärzte 1', 'img#2', 'x'].map((id) =>
      at(id, `/data/images/${id}.png`),
    );
    const lines = ['a', 'b.PNG', 'images\\c.png', '/images/d', 'A\u0308rzte 1.png', 'img#2 # last'];
    const test = await list('test.txt', `\uFEFF${lines.join('\r\n')}\r\n`);
    const parts = await splitBy(by({ test }), pool(all));
    expect([ids(parts.train), ids(parts.test)]).toEqual([
      ['x'],
      ['a', 'b', 'c', 'd', 'img#2', 'Ärzte 1'],
    ]);
  });

  it('tells images of the same name apart by their folders, or says that it cannot', async () => {
    const all = ['P1', 'P2', 'P3'].map((p) => at(`${p}-000`, `/data/${p}/images/000.png`, p));
    const test = await list('test.txt', 'P2/images/000.png');
    expect(ids((await splitBy(by({ test }), pool(all))).test)).toEqual(['P2-000']);
    const bare = await list('bare.txt', '000.png');
    await expect(splitBy(by({ test: bare }), pool(all))).rejects.toThrow(
      /lists 000\.png, which is of several images: write the id, as P1-000 or P2-000/,
    );
  });

  it('takes a volume as all of its slices, and the id of an image before a volume of that name', async () => {
    const slices = ['v', 'w'].flatMap((v) =>
      [0, 1].map((z) => at(`${v}-z${z}`, `/data/images/${v}_0000.nii.gz`, v)),
    );
    for (const name of ['v', 'v_0000.nii.gz', 'images/v_0000']) {
      const test = await list('test.txt', name);
      expect(ids((await splitBy(by({ test }), pool(slices))).test)).toEqual(['v-z0', 'v-z1']);
    }
    const test = await list('test.txt', 'v');
    const { test: tested } = await splitBy(
      by({ test }),
      pool([at('v', 'v.png'), ...images(2), at('v-z1', 'z.png')]),
    );
    expect(ids(tested)).toEqual(['v']);
  });

  it('is refused where an image has no ground truth', async () => {
    const test = await list('test.txt', '001\n01_test.tif');
    const given = { ...pool(images(3)), unlabelled: [at('01', '/data/test/images/01_test.tif')] };
    await expect(splitBy(by({ test }), given)).rejects.toThrow(
      /lists 01_test\.tif, which has no ground truth: leave it out/,
    );
  });

  it('is refused with every id that is wrong', async () => {
    const test = await list('test.txt', '001\n0002\n');
    const validation = await list('validation.txt', '001\n');
    const refusal = await splitBy(by({ test, validation }), pool(images(5))).catch(
      (error) => error,
    );
    expect(refusal.message).toMatch(
      /lists 0002, which the dataset does not have: did you mean 00\d\?/,
    );
    expect(refusal.message).toMatch(
      /validation\.txt lists 001, which .*test\.txt lists too: keep one/,
    );
  });

  it('is refused where a patient is in two parts', async () => {
    const test = await list('test.txt', '001\n');
    await expect(splitBy(by({ test }), pool(images(6, 2)))).rejects.toThrow(
      'images of patient p0 are in two parts',
    );
  });

  it('is refused where a list is missing', async () => {
    await expect(splitBy(by({ test: join(root(), 'none') }), pool(images(3)))).rejects.toThrow(
      /none is missing: name a file with an id a line/,
    );
  });
});

describe('folds', () => {
  const fold = (n: number, validation = 0): SplitOptions => ({
    kind: 'folds',
    folds: 4,
    fold: n,
    validation,
    seed: 1,
  });

  it('test each image once, and differ in size by no more than a patient', async () => {
    const parts = await Promise.all(
      [1, 2, 3, 4].map((n) => splitBy(fold(n, 2), pool(images(22, 2)))),
    );
    expect(ids(parts.flatMap(({ test }) => test)).sort()).toEqual(ids(images(22)));
    expect(parts.map(({ test }) => test.length)).toEqual([6, 6, 6, 4]);
    for (const { train, validation, test } of parts) {
      expect([validation.length, train.length]).toEqual([2, 20 - test.length]);
    }
  });

  it('are refused beyond their number, and where there are more of them than images', async () => {
    await expect(splitBy(fold(5), pool(images(22)))).rejects.toThrow(/fold is 5 of 4 folds/);
    await expect(splitBy(fold(1), pool(images(3)))).rejects.toThrow(
      '4 folds of 3 images: ask for fewer',
    );
  });
});

describe('without a split', () => {
  it('a dataset is divided as it comes, else seven to one to two', async () => {
    const given = { ...pool([]), train: images(3), test: [entry('x')] };
    expect(ids((await splitBy(null, given)).test)).toEqual(['x']);
    const alone = { ...pool([]), train: images(20), unlabelled: [entry('x')] };
    expect((await splitBy(null, alone)).test).toHaveLength(4);
    expect((await splitBy({ kind: 'given' }, alone)).train).toHaveLength(20);
    const { train, validation, test } = await splitBy(null, pool(images(20)));
    expect([train.length, validation.length, test.length]).toEqual([14, 2, 4]);
    await expect(splitBy({ kind: 'given' }, pool(images(20)))).rejects.toThrow(
      /has no split of its own/,
    );
  });
});
