import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { DataOptions } from '../experiments/options/data.js';
import { hashFile, sha256 } from '../files/hash.js';
import { type Dataset, pathsOf } from './dataset.js';
import { hashCache } from './known-files.js';
import { spelt } from './sources/files.js';
import { type Part, parts } from './sources/parts.js';

/** What a run was trained, validated and tested on, to the byte. */
export interface Manifest {
  /** Of all that follows: equal where ids, parts and the content of files are, wherever the files lie. */
  readonly hash: string;
  readonly images: readonly ManifestImage[];
}

export interface ManifestImage {
  readonly id: string;
  readonly part: Part;
  readonly patient: string | null;
  /** Paths from the dataset's root; none of a synthetic image. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** Files from this size on are hashed again only when their size or time has changed. */
const large = 2 ** 20;

/** The manifest of the dataset that `options` name. Reads every file once. */
export async function manifestOf(dataset: Dataset, options: DataOptions): Promise<Manifest> {
  const root = 'root' in options ? resolve(options.root) : '';
  const cache = await hashCache(root);
  const hashes = new Map<string, string>();
  const hashOf = async (path: string): Promise<string> => {
    const known = hashes.get(path);
    if (known !== undefined) return known;
    const { size } = await stat(path);
    const hash = size < large ? await hashFile(path) : await cache.get(path, hashFile);
    hashes.set(path, hash);
    return hash;
  };
  const images: ManifestImage[] = [];
  for (const part of parts) {
    for (const entry of dataset[part]) {
      const files = [];
      for (const path of pathsOf(entry)) {
        files.push({ path: spelt(relative(root, path)), sha256: await hashOf(path) });
      }
      images.push({ id: entry.id, part, patient: entry.group, files });
    }
  }
  await cache.save();
  // Synthetic images have no files: they are what their options say.
  const drawn = 'root' in options ? null : options;
  const text = JSON.stringify({ classes: dataset.classes, drawn, images });
  return { hash: sha256(text), images };
}
