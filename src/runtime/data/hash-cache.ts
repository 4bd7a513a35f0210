import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../engines/setup/cache.js';
import { writeJson } from '../files.js';

/** Hashes of large files, kept between runs by path, size and time. */
export interface HashCache {
  get(
    path: string,
    size: number,
    modified: number,
    hash: (path: string) => Promise<string>,
  ): Promise<string>;
  /** Writes what was hashed anew. Where the cache cannot be written, the next run hashes again. */
  save(): Promise<void>;
}

interface Known {
  readonly size: number;
  readonly modified: number;
  readonly sha256: string;
}

/** The cache of one dataset, in the user's cache folder. */
export async function hashCache(root: string): Promise<HashCache> {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const file = join(cacheRoot(), 'hashes', `${name}.json`);
  const known = await readKnown(file);
  let changed = false;
  return {
    async get(path, size, modified, hash) {
      const found = known.get(path);
      if (found?.size === size && found.modified === modified) return found.sha256;
      const sha256 = await hash(path);
      known.set(path, { size, modified, sha256 });
      changed = true;
      return sha256;
    },
    async save() {
      if (changed) await writeJson(file, Object.fromEntries(known)).catch(() => {});
    },
  };
}

async function readKnown(file: string): Promise<Map<string, Known>> {
  try {
    return new Map(Object.entries(JSON.parse(await readFile(file, 'utf8'))));
  } catch {
    return new Map();
  }
}
