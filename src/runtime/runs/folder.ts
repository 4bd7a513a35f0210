import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest } from '../data/manifest.js';
import { InputError } from '../errors/errors.js';
import { besideName, readJson, throughLinks, writeError, writeNew } from '../files/disk.js';
import { otherKind } from '../files/kinds.js';
import { insteadOf } from '../files/missing.js';
import { layout, runPath } from './layout.js';
import { lockText, requireUnheld } from './lock.js';

/** The names in a folder; undefined where there is none. */
export const entriesOf = (path: string): Promise<string[] | undefined> =>
  readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw writeError(path, error);
  });

/**
 * Refuses a folder that holds something: an earlier run unless `overwrite` is set, one that is being written, and anything
 * else always, so that `--overwrite` cannot remove what no run made.
 */
export async function requireFree(path: string, overwrite: boolean): Promise<void> {
  const entries = await entriesOf(path);
  if (entries === undefined || entries.length === 0) return;
  if (!entries.includes(layout.record)) {
    throw new InputError(`${path} holds other files: choose another folder by --out`);
  }
  await requireUnheld(path);
  if (overwrite) return;
  throw new InputError(`${path} holds a run: choose another folder by --out, or add --overwrite`);
}

/**
 * Makes the folder with `files` in it, whole or not at all, and held by this process: it is written beside and then renamed. An
 * earlier run goes only then, and only where `overwrite` is set. A link to a folder stays one.
 */
export async function createRunFolder(
  path: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  overwrite: boolean,
): Promise<void> {
  const target = await throughLinks(path);
  const partial = besideName(target);
  try {
    const all = { ...files, [layout.lock]: await lockText() };
    for (const [name, text] of Object.entries(all)) {
      await mkdir(dirname(join(partial, name)), { recursive: true });
      await writeNew(join(partial, name), text);
    }
    // Another process may have been as far since.
    await requireFree(path, overwrite);
    await putInPlace(partial, target, overwrite);
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => {});
    throw writeError(path, error);
  }
}

/** A folder is renamed onto nothing or an empty folder; the system refuses another. */
async function putInPlace(partial: string, target: string, overwrite: boolean): Promise<void> {
  const aside = besideName(target);
  const moved =
    overwrite &&
    (await rename(target, aside).then(
      () => true,
      () => false,
    ));
  // Windows does not replace an empty folder.
  await rmdir(target).catch(() => {});
  try {
    await rename(partial, target);
  } catch (error) {
    if (moved) await rename(aside, target);
    throw error;
  }
  if (moved) await rm(aside, { recursive: true, force: true });
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

/** Removes what a killed process left of files that were being written into a folder. */
export async function removePartial(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (name.startsWith('.')) await rm(join(folder, name));
}
