import { existsSync } from 'node:fs';
import { stepOf } from './checkpoint.js';
import { runPath } from './layout.js';
import type { Scored } from './scores.js';
import { weightsOfRun } from './weights-of-run.js';

/**
 * The step of the weights that the scores of a run are of, where it has been trained on since and has others; undefined where they are
 * of those it has, and where scores or weights do not tell their step.
 */
export async function outdatedStep(
  folder: string,
  { checkpoint }: Scored,
): Promise<number | undefined> {
  const then = checkpoint?.step;
  if (typeof then !== 'number' || !existsSync(runPath(folder, 'last'))) return undefined;
  const now = await stepOf(weightsOfRun(folder).path);
  return now === null || now === then ? undefined : then;
}
