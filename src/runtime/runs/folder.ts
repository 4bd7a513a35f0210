import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest } from '../data/manifest.js';
import { InputError } from '../errors/errors.js';
import { besideName, readJson, writeError } from '../files/disk.js';
import { otherKind } from '../files/kinds.js';
import { insteadOf } from '../files/missing.js';
import { layout, runPath } from './layout.js';

const entriesOf = (path: string): Promise<string[] | undefined> =>
  readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw writeError(path, error);
  });

/**
 * Refuses a folder that holds something: an earlier run unless `overwrite` is set, and anything
 * else always, so that `--overwrite` cannot remove what no run made.
 */
export async function requireFree(path: string, overwrite: boolean): Promise<void> {
  const entries = await entriesOf(path);
  if (entries === undefined || entries.length === 0) return;
  if (!entries.includes(layout.record)) {
    throw new InputError(`${path} holds other files: choose another folder by --out`);
  }
  if (overwrite) return;
  throw new InputError(`${path} holds a run: choose another folder by --out, or add --overwrite`);
}

/**
 * Makes the folder with `files` in it, whole or not at all: it is written beside and then renamed,
 * and an earlier run goes only then.
 */
export async function createRunFolder(
  path: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const partial = besideName(path);
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(partial, name)), { recursive: true });
      await writeFile(join(partial, name), text);
    }
    await rm(path, { recursive: true, force: true });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    throw writeError(path, error);
  }
}

/** The resolved experiment of the run in `folder`. Throws `InputError` where there is no run. */
export function experimentPath(folder: string): string {
  const path = runPath(folder, 'experiment');
  if (existsSync(path)) return path;
  const way = insteadOf(folder, 'name the folder that netc train made');
  throw otherKind(folder, 'run') ?? new InputError(`${folder} holds no run: ${way}`);
}

/** The images that the run was made of; null of a run that does not tell. */
export async function imagesOfRun(folder: string): Promise<Manifest['images'] | null> {
  const then = (await readJson(runPath(folder, 'images'))) as Partial<Manifest> | undefined;
  return Array.isArray(then?.images) ? then.images : null;
}

/** What a killed process left of files that were being written. */
export async function removePartial(folder: string): Promise<void> {
  const checkpoints = runPath(folder, 'checkpoints');
  const names = await readdir(checkpoints).catch(() => []);
  for (const name of names) if (name.startsWith('.')) await rm(join(checkpoints, name));
}
