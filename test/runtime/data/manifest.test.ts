import { cp, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDataset } from '../../../src/runtime/data/dataset.js';
import { manifestOf } from '../../../src/runtime/data/manifest.js';
import type { DataOptions } from '../../../src/runtime/experiments/options/data.js';
import { testFolder } from './folder.js';

const { root, draw, write } = testFolder();
let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'netc-cache-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true });
});

const options = (at: string): DataOptions => ({
  kind: 'folder',
  root: at,
  images: 'images/{id}.*',
  masks: 'masks/{id}.*',
  fov: null,
  labels: null,
  patient: null,
  cache: null,
  split: { kind: 'seed', seed: 1, train: null, validation: 0, test: 1 },
});
const manifest = async (at = root(), more = {}) => {
  const given = { ...options(at), ...more } as DataOptions;
  return manifestOf(await openDataset(given), given);
};

describe('a manifest', () => {
  beforeEach(async () => {
    for (const id of ['a', 'b', 'c']) {
      await draw(`images/${id}.png`, 2, [1, 2]);
      await draw(`masks/${id}.png`, 2, [0, 255]);
    }
  });

  it('names each file of each image by part, with its hash', async () => {
    const { images } = await manifest();
    expect(images.map(({ part }) => part)).toEqual(['train', 'train', 'test']);
    expect(images[0]!.files.map(({ path }) => path)).toEqual([
      `images/${images[0]!.id}.png`,
      `masks/${images[0]!.id}.png`,
    ]);
    expect(images[0]!.files[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(images[0]!.files[0]!.sha256).toBe(images[1]!.files[0]!.sha256);
  });

  it('has one hash, the same elsewhere, another for other content or another split', async () => {
    const { hash } = await manifest();
    const copy = await mkdtemp(join(tmpdir(), 'netc-copy-'));
    await cp(root(), copy, { recursive: true });
    expect((await manifest(copy)).hash).toBe(hash);
    await rm(copy, { recursive: true });
    const split = { kind: 'seed', seed: 1, train: null, validation: 0, test: 2 };
    expect((await manifest(root(), { split })).hash).not.toBe(hash);
    await draw('images/a.png', 2, [1, 3]);
    expect((await manifest()).hash).not.toBe(hash);
  });

  it('is the same however a system spells accents', async () => {
    const hashes = [];
    for (const form of ['NFC', 'NFD']) {
      const at = `${root()}/${form}`;
      for (const id of ['\u00e9', 'b']) {
        await draw(`${form}/images/${id.normalize(form)}.png`, 2, [1, 2]);
        await draw(`${form}/masks/${id.normalize(form)}.png`, 2, [0, 255]);
      }
      hashes.push((await manifest(at)).hash);
    }
    expect(hashes[0]).toBe(hashes[1]);
  });

  it('hashes a large file again once it has changed', async () => {
    const large = `P5 1024 1025 255 ${'a'.repeat(1024 * 1025)}`;
    await write('images/d.pgm', large);
    const drawn = Buffer.from(large);
    const start = drawn.length - 1024 * 1025;
    drawn.fill(255, start);
    const mask = await write('masks/d.pgm', drawn);
    const { hash } = await manifest();
    expect((await manifest()).hash).toBe(hash);
    drawn[start] = 0;
    await writeFile(mask, drawn);
    await utimes(mask, new Date(0), new Date(0));
    expect((await manifest()).hash).not.toBe(hash);
  });

  it('of drawn images is that of their options', async () => {
    const drawn = {
      kind: 'synthetic-lesion',
      train: 2,
      validation: 0,
      test: 1,
      size: 64,
      seed: 1,
    } as const;
    const hashOf = async (data: DataOptions) =>
      (await manifestOf(await openDataset(data), data)).hash;
    expect(await hashOf(drawn)).toBe(await hashOf({ ...drawn }));
    expect(await hashOf({ ...drawn, seed: 2 })).not.toBe(await hashOf(drawn));
  });
});
