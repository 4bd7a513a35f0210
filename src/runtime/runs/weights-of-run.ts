import { existsSync } from 'node:fs';
import { InputError } from '../errors/errors.js';
import { bestPath, lastPath } from './checkpoint.js';

export const weightNames = ['best', 'last'] as const;

/** Of which moment of the training: that with the best score on validation, or its end. */
export type WeightName = (typeof weightNames)[number];

export interface RunWeights {
  readonly name: WeightName;
  readonly path: string;
}

/**
 * The checkpoint of a run: the wanted one, else the best where training kept one, else the last.
 * Throws `InputError` where it is not there.
 */
export function weightsOfRun(folder: string, wanted: WeightName | undefined): RunWeights {
  const paths = { best: bestPath(folder), last: lastPath(folder) };
  const there = weightNames.filter((name) => existsSync(paths[name]));
  const name = wanted ?? there[0] ?? 'last';
  if (there.includes(name)) return { name, path: paths[name] };
  const other = there[0];
  const way = other ? `give --weights ${other}` : 'train it to its end, or to its first checkpoint';
  throw new InputError(`${paths[name]} is not there: ${way}`);
}
