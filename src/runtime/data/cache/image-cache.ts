import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../errors/errors.js';
import type { PreprocessOptions } from '../../experiments/options/preprocess.js';
import { cacheRoot } from '../../files/cache-root.js';
import { writeAtomically } from '../../files/disk.js';
import { hashFile, sha256 } from '../../files/hash.js';
import { type Entry, type EntryFiles, pathsOf } from '../dataset.js';
import { applySteps } from '../preprocess/steps.js';
import type { Sample } from '../sample.js';
import { pack, unpack } from './packing.js';
import { Shelf } from './shelf.js';

/** Counts up when reading an image or a step of the preprocessing gives other values than before. */
const recipe = 3;

const gigabyte = 10 ** 9;

export interface CacheOptions {
  /** How files are read beside their content: the kind of the dataset, its label values. */
  readonly reading: string;
  /** Most bytes on disk, all datasets together; 0: none. */
  readonly limit: number;
  /** Where; the user's cache folder where left out. */
  readonly folder?: string;
}

/** Gives an image as it is after the steps of the preprocessing, from the cache where it is there. */
export type ReadThrough = (entry: Entry) => Promise<Sample>;

/** The limit: the experiment's, else that of the environment, else 2 GB. Throws `InputError` where it is no size. */
export function cacheLimit(own: number | null, environment = process.env.NETC_CACHE_LIMIT): number {
  if (own !== null) return own;
  if (environment === undefined || environment === '') return 2 * gigabyte;
  const limit = Number(environment);
  if (Number.isSafeInteger(limit) && limit >= 0) return limit;
  throw new InputError(
    `NETC_CACHE_LIMIT is ${environment}: give bytes as a whole number, as 2000000000, or 0 for no cache`,
  );
}

/**
 * Reads images through a cache on disk that is shared by all runs and processes. An image is found by the content of its
 * files, by how they are read and by the steps, so no entry is ever out of date; one that is damaged is made again. A
 * cache that cannot be written changes nothing but the time. Synthetic images have no files and are not kept.
 */
export function readThrough(steps: PreprocessOptions, options: CacheOptions): ReadThrough {
  const { reading, limit, folder = join(cacheRoot(), 'images') } = options;
  const shelf = new Shelf(folder, limit);
  const hashOf = fileHashes();
  const made = async (entry: Entry): Promise<Sample> => applySteps(steps, await entry.read());
  return async (entry) => {
    if (limit === 0 || entry.files === null) return made(entry);
    const key = await keyOf(entry, `${recipe} ${reading} ${JSON.stringify(steps)}`, hashOf);
    if (key === undefined) return made(entry);
    const path = join(folder, key);
    const found = await readFile(path).catch(() => undefined);
    const kept = found && unpack(found, entry.id);
    if (kept) {
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
      return kept;
    }
    const sample = await made(entry);
    await keep(shelf, path, pack(sample));
    return sample;
  };
}

async function keep(shelf: Shelf, path: string, bytes: Uint8Array): Promise<void> {
  try {
    if (!shelf.holds(bytes.length)) return;
    await writeAtomically(path, bytes);
    await shelf.added(bytes.length);
  } catch {
    await rm(path, { force: true }).catch(() => {});
  }
}

/** Undefined where a file cannot be read: whoever decodes it says so. */
async function keyOf(
  entry: Entry,
  how: string,
  hashOf: (path: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const { slice, masks, fov } = entry.files as EntryFiles;
  const which = [slice, masks.length, fov === null ? 0 : 1].join(' ');
  const parts = [`${how} ${which} ${entry.reading ?? ''}`];
  for (const path of pathsOf(entry)) {
    const hash = await hashOf(path);
    if (hash === undefined) return undefined;
    parts.push(hash);
  }
  return sha256(parts.join('\n'));
}

/** The SHA-256 of files. Each slice of a volume asks for that of the whole file, which is read again only where it has changed. */
function fileHashes(): (path: string) => Promise<string | undefined> {
  const known = new Map<string, { readonly state: string; readonly hash: string }>();
  return async (path) => {
    const now = await stat(path).catch(() => undefined);
    const state = `${now?.size} ${now?.mtimeMs}`;
    const before = known.get(path);
    if (now && before?.state === state) return before.hash;
    const hash = await hashFile(path).catch(() => undefined);
    if (hash !== undefined) known.set(path, { state, hash });
    return hash;
  };
}
