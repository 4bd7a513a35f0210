import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheLimit, readThrough } from '../../../../src/runtime/data/cache/image-cache.js';
import type { Entry } from '../../../../src/runtime/data/dataset.js';
import type { Sample } from '../../../../src/runtime/data/sample.js';
import type { PreprocessOptions } from '../../../../src/runtime/experiments/options/preprocess.js';
import { drawn } from '../samples.js';

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'netc-cache-'));
  folder = join(root, 'images');
});
afterEach(() => rm(root, { recursive: true }));

const sample = drawn(12, 10, (x, y) => x + 12 * y, 60);

/** An entry whose only file holds `content`, and how often it was read. */
async function entryOf(id: string, content: string, read: Sample = { ...sample, id }) {
  const path = join(root, `${id}.png`);
  await writeFile(path, content);
  const reads = { count: 0 };
  const entry: Entry = {
    id,
    group: null,
    files: { image: path, masks: [], fov: null, slice: 0 },
    read: async () => {
      reads.count++;
      return read;
    },
  };
  return { entry, reads, path };
}

const reader = (steps: PreprocessOptions = [], limit = 1e6, reading = 'drive') =>
  readThrough(steps, { reading, limit, folder });
const kept = async (): Promise<string[]> => (await readdir(folder).catch(() => [])).toSorted();

describe('the cache of images', () => {
  it('gives back what was read: image, mask, field of view, whole numbers and others', async () => {
    const fov = { ...sample.mask, data: sample.mask.data.map((inside) => 1 - inside) };
    const halves = { ...sample.image, data: sample.image.data.map((value) => value / 2 - 30) };
    for (const [n, given] of [sample, { ...sample, fov }, { ...sample, image: halves }].entries()) {
      const { entry, reads } = await entryOf('x', `file ${n}`, given);
      expect(await reader()(entry)).toEqual(given);
      expect(await reader()(entry)).toEqual(given);
      expect(reads.count).toBe(1);
    }
  });

  it('keeps the slices of a volume apart', async () => {
    const { entry: first } = await entryOf('v', 'volume');
    const other = {
      ...sample,
      image: { ...sample.image, data: sample.image.data.map((v) => v + 1) },
    };
    const second: Entry = {
      ...first,
      files: { ...first.files!, slice: 1 },
      read: async () => other,
    };
    await reader()(first);
    expect(await reader()(second)).toEqual(other);
    expect((await reader()(second)).image.data).toEqual(other.image.data);
  });

  it('goes by the content of files, not by their names', async () => {
    const first = await entryOf('a', 'same');
    const second = await entryOf('b', 'same');
    await reader()(first.entry);
    expect((await reader()(second.entry)).id).toBe('b');
    expect(second.reads.count).toBe(0);
    await writeFile(second.path, 'changed');
    await reader()(second.entry);
    expect(second.reads.count).toBe(1);
  });

  it('is of one list of steps and one way to read', async () => {
    const { entry, reads } = await entryOf('a', 'x');
    await reader([])(entry);
    expect((await reader([{ resize: 4 }])(entry)).image.width).toBe(4);
    await reader([], 1e6, 'folder')(entry);
    expect(reads.count).toBe(3);
    expect((await reader([{ resize: 4 }])(entry)).image.width).toBe(4);
    expect(reads.count).toBe(3);
  });

  it('makes an entry again that is damaged, in any way', async () => {
    const { entry, reads } = await entryOf('a', 'x');
    await reader()(entry);
    const path = join(folder, (await kept())[0]!);
    const whole = await readFile(path);
    const flipped = Buffer.from(whole);
    flipped[whole.length - 3]! ^= 1;
    const damages = [flipped, whole.subarray(0, 40), whole.subarray(0, -1), Buffer.from('null\n')];
    for (const [n, damaged] of damages.entries()) {
      await writeFile(path, damaged);
      expect(await reader()(entry)).toEqual({ ...sample, id: 'a' });
      expect(reads.count).toBe(n + 2);
      expect(await readFile(path)).toEqual(whole);
    }
  });

  it('stays below its limit; what was used last stays', async () => {
    const { entry: one } = await entryOf('one', '1');
    await reader()(one);
    const size = (await stat(join(folder, (await kept())[0]!))).size;
    const read = reader([], Math.ceil(size * 3.5));
    const others = [];
    for (const id of ['two', 'three', 'four', 'five']) {
      const other = await entryOf(id, id);
      others.push(other);
      // Clocks of file systems may be coarse.
      for (const name of await kept()) {
        const { mtime } = await stat(join(folder, name));
        await utimes(join(folder, name), mtime, new Date(mtime.getTime() - 5000));
      }
      await read(one);
      await read(other.entry);
      expect((await kept()).length).toBeLessThanOrEqual(3);
    }
    const { reads } = others.at(-1)!;
    await read(others.at(-1)!.entry);
    expect(reads.count).toBe(1);
    await read(others[0]!.entry);
    expect(others[0]!.reads.count).toBe(2);
  });

  it('keeps nothing without a limit to fill, or of what has no files', async () => {
    const { entry, reads } = await entryOf('a', 'x');
    await reader([], 0)(entry);
    await reader([], 50)(entry);
    await reader()({ ...entry, files: null });
    expect(reads.count).toBe(3);
    expect(await kept()).toEqual([]);
  });

  it('changes nothing where it cannot be written', async () => {
    await writeFile(folder, 'no folder');
    const { entry } = await entryOf('a', 'x');
    expect(await reader()(entry)).toEqual({ ...sample, id: 'a' });
  });

  it('serves many at once', async () => {
    const { entry } = await entryOf('a', 'x');
    const all = await Promise.all(Array.from({ length: 20 }, () => reader()(entry)));
    for (const one of all) expect(one).toEqual({ ...sample, id: 'a' });
    expect(await kept()).toHaveLength(1);
  });
});

describe('its limit', () => {
  it("is the experiment's, else that of the environment, else 2 GB", () => {
    expect(cacheLimit(0, '5')).toBe(0);
    expect(cacheLimit(null, '5')).toBe(5);
    expect(cacheLimit(null, '')).toBe(2e9);
    expect(() => cacheLimit(null, '2GB')).toThrow('NETC_CACHE_LIMIT is 2GB: give bytes');
  });
});
