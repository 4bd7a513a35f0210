import { existsSync } from 'node:fs';
import { InputError } from '../errors/errors.js';
import { isFolder } from '../files/disk.js';
import { runPath } from './layout.js';

export const weightNames = ['best', 'last', 'previous'] as const;

/** Of which moment of the training: that with the best score on validation, its last checkpoint, or the one before that. */
export type WeightName = (typeof weightNames)[number];

export interface RunWeights {
  readonly name: WeightName;
  readonly path: string;
}

const keptBy = (folder: string): WeightName[] =>
  weightNames.filter((name) => existsSync(runPath(folder, name)));

/**
 * The checkpoint of a run: the wanted one, else the best where there was validation, else the last. Throws `InputError` where
 * it is missing.
 */
export function weightsOfRun(folder: string, wanted?: WeightName): RunWeights {
  const kept = keptBy(folder);
  const name = wanted ?? kept[0] ?? 'last';
  const path = runPath(folder, name);
  if (kept.includes(name)) return { name, path };
  const way = kept[0]
    ? `give --weights ${kept[0]}`
    : 'train it to its end, or to its first checkpoint';
  throw new InputError(`${path} is missing: ${way}`);
}

/** The checkpoint of a run's folder; any other path is itself. */
export const weightsFile = async (from: string): Promise<string> =>
  (await isFolder(from)) ? runPath(from, keptBy(from)[0] ?? 'last') : from;
