import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readJson, writeJson } from '../files/disk.js';
import type { PlannedRun } from './ablation.js';

export type Stage = 'train' | 'evaluate';

/** A run that did not come to its end, and its last words. */
export interface Failure {
  readonly run: string;
  readonly during: Stage;
  /** The exit status; null where a signal ended it. */
  readonly status: number | null;
  /** That ended it; null where it ended by itself. */
  readonly signal: string | null;
  readonly lastLines: readonly string[];
}

/** Beside the runs: whoever looks later, or from another computer, sees why a run is not done. */
const pathOf = ({ name, folder }: Pick<PlannedRun, 'name' | 'folder'>): string =>
  join(dirname(dirname(folder)), 'failures', `${name}.json`);

export const keepFailure = (run: PlannedRun, failure: Failure): Promise<void> =>
  writeJson(pathOf(run), failure);

export const clearFailure = (run: PlannedRun): Promise<void> => rm(pathOf(run), { force: true });

/** Why the run did not come to its end, when it was last tried; undefined where nothing failed. */
export const readFailure = async (
  run: Pick<PlannedRun, 'name' | 'folder'>,
): Promise<Failure | undefined> => (await readJson(pathOf(run))) as Failure | undefined;

/** Its reason in one line: the first error that it told, else what it said last. */
export function reasonOf({ during, signal, lastLines }: Failure): string {
  if (signal !== null) return `netc ${during} was ended by ${signal}`;
  const said = lastLines.find((line) => /^error\b/.test(line)) ?? lastLines.at(-1);
  return said?.replace(/^error(\[\w+\])?: /, '') ?? `netc ${during} failed`;
}
