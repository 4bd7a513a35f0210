import { constants } from 'node:os';
import { startRun } from '../runtime/ablation/one-run.js';
import { InputError } from '../runtime/errors/errors.js';
import type { AblateOptions, Opened } from './ablate.js';
import { status } from './failure.js';
import { printNote } from './output.js';
import { stoppable } from './signals.js';

/**
 * Trains and scores one run: what a job of a cluster does, and what one may do by hand. Ends with the status of the command that failed,
 * or, as a shell does, with 128 and the number of the signal that ended it.
 */
export async function runOnly(
  { ablation, identities, states }: Opened,
  { only, force = false }: AblateOptions,
): Promise<void> {
  const [run] = ablation.runs;
  if (!run) throw new InputError(`the ablation has no run ${only}: --dry-run lists those it has`);
  if (states.get(run) === 'done') {
    printNote(`${run.name} is done already\n`);
    return;
  }
  const one = startRun(run, identities.get(run)!, force, {
    onStage: (_, stage) => printNote(`${run.name}: ${stage}\n`),
    onLine: (_, line) => printNote(`${line}\n`),
    onEnd() {},
  });
  const { end, interrupted } = await stoppable(one);
  if (end === 'stopped') process.exitCode = interrupted ?? status.interrupted;
  else if (end === 'done') printNote(`${run.name}: done\n`);
  else process.exitCode = end.status ?? 128 + numberOf(end.signal);
}

const numberOf = (signal: string | null): number =>
  constants.signals[signal as NodeJS.Signals] ?? 0;
