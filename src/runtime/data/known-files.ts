import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheRoot } from '../files/cache-root.js';
import { readJson, writeJson } from '../files/disk.js';
import { sha256 } from '../files/hash.js';
import type { Header } from './formats/format.js';
import { type Census, censusOf } from './masks/census.js';

/** What was found out about files, kept between runs by path, size and time. */
export interface KnownFiles<T> {
  /** What is known of a file, else what `find` says. */
  get(path: string, find: (path: string) => Promise<T>): Promise<T>;
  /** Writes what was found anew. Where the cache cannot be written, the next run finds it again. */
  save(): Promise<void>;
}

interface Known<T> {
  readonly size: number;
  readonly modified: number;
  readonly found: T;
}

/** Datasets of fewer bytes are looked at again: that takes no time that anyone would notice. */
const worthKeeping = 2 ** 20;

/** Counts up when a header or a mask is read in another way than before. */
const recipe = 2;

/** What is known of the files of one dataset, in the user's cache folder. @param kind of knowledge: a folder there */
async function knownFiles<T>(kind: string, root: string): Promise<KnownFiles<T>> {
  const name = sha256(`${recipe} ${resolve(root)}`).slice(0, 16);
  const file = join(cacheRoot(), kind, `${name}.json`);
  // What is damaged is found again.
  const kept = await readJson(file).catch(() => undefined);
  const known = new Map(Object.entries((kept ?? {}) as Record<string, Known<T>>));
  let changed = false;
  return {
    async get(path, find) {
      const now = await stat(path).catch(() => undefined);
      const place = resolve(path);
      const before = known.get(place);
      if (now && before?.size === now.size && before.modified === now.mtimeMs) return before.found;
      const found = await find(path);
      if (now) known.set(place, { size: now.size, modified: now.mtimeMs, found });
      changed = true;
      return found;
    },
    async save() {
      const bytes = [...known.values()].reduce((total, { size }) => total + size, 0);
      if (changed && bytes >= worthKeeping)
        await writeJson(file, Object.fromEntries(known)).catch(() => {});
      changed = false;
    },
  };
}

/** The SHA-256 of large files. */
export const hashCache = (root: string): Promise<KnownFiles<string>> => knownFiles('hashes', root);

export const headerCache = (root: string): Promise<KnownFiles<Header>> =>
  knownFiles('headers', root);

/** What masks hold; the first look at a dataset decodes each of them once. */
export async function censusCache(root: string) {
  const cache = await knownFiles<Census>('masks', root);
  return { get: (path: string) => cache.get(path, censusOf), save: cache.save };
}
