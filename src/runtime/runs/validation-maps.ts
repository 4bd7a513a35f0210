import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { spelt } from '../data/sources/files.js';
import { entriesOf, removePartial } from './folder.js';
import { runPath } from './layout.js';

/** The ids of the images that the run in `folder` has maps of, by the steps of the validations that they were kept at. */
export async function validationMaps(
  folder: string,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const path = runPath(folder, 'validations');
  const names = await readdir(path, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const maps = new Map<number, Set<string>>();
  for (const name of names) {
    const [, step, id] = /^(\d{8,15})\/([^.].*)\.png$/.exec(spelt(name)) ?? [];
    if (id === undefined) continue;
    const ids = maps.get(Number(step)) ?? new Set();
    maps.set(Number(step), ids.add(id));
  }
  return maps;
}

/** Removes the maps of later steps than `step`, and what a killed process left of one. */
export async function removeLaterMaps(folder: string, step: number): Promise<void> {
  const path = runPath(folder, 'validations');
  for (const name of (await entriesOf(path)) ?? []) {
    const below = join(path, name);
    if (/^\d{8,15}$/.test(name) && Number(name) > step)
      await rm(below, { recursive: true, force: true });
    else await removePartial(below);
  }
}
