import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Preprocessing } from '../data/preprocess.js';
import { InputError } from '../errors/errors.js';
import { otherKind } from '../files/kinds.js';
import { besideName, readJson, writeError } from '../files/disk.js';
import { insteadOf } from '../files/missing.js';

/** What stands in a run's folder from its first moment, by path in it. */
export type RunFiles = Readonly<Record<string, string>>;

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
  if (!entries.includes('run.json')) {
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
  const path = join(folder, 'experiment.yaml');
  if (existsSync(path)) return path;
  const way = insteadOf(folder, 'name the folder that netc train made');
  throw otherKind(folder, 'run') ?? new InputError(`${folder} holds no run: ${way}`);
}

/**
 * How the run's images were preprocessed, statistics included, so that other images are treated
 * alike.
 */
export async function readPreprocessing(folder: string): Promise<Preprocessing> {
  const path = join(folder, 'run.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new InputError(`${path} is not there: the run's folder is not whole`);
  });
  const { preprocessing } = parsed(text);
  if (preprocessing) return preprocessing;
  throw new InputError(`${path} is damaged: it does not say how the images were preprocessed`);
}

/** What a run's images are of, and what they are like before they are preprocessed. */
export interface TrainedOn {
  /** The foreground's classes by name, in the order of a mask's numbers from 1 on. */
  readonly classes: readonly string[];
  readonly channels: number;
  /** Whether they come with a field of view, or a step finds one. */
  readonly fov: boolean;
}

/** What the run in `folder` was trained on; null of a run from before that was kept. */
export async function readTrainedOn(folder: string): Promise<TrainedOn | null> {
  const run = (await readJson(join(folder, 'run.json'))) as { images?: TrainedOn } | undefined;
  return run?.images ?? null;
}

function parsed(text: string): { readonly preprocessing?: Preprocessing } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
