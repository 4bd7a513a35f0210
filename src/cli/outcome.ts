import type { Experiment } from '../runtime/experiments/experiment.js';
import { duration } from '../runtime/reports/duration.js';
import type { Outcome } from '../runtime/training/train-run.js';

/** How a training ended, in a line. */
export function outcomeText(outcome: Outcome, { validation }: Experiment, folder: string): string {
  const { steps, seconds, loss, completed, early, best } = outcome;
  const ended = completed
    ? early
      ? `no better ${validation.metric} in ${validation.patience} validations, ended`
      : 'trained'
    : `interrupted; netc train --resume ${folder} goes on;`;
  if (steps === 0 && completed)
    return `nothing trained; netc evaluate ${folder} scores it as it is`;
  const facts = [
    `${steps} steps`,
    duration(seconds),
    ...(loss === null
      ? ['nothing was left to do']
      : [`training loss ${loss.toFixed(4)} in the last step`]),
    ...(best ? [`best ${validation.metric} ${best.value.toFixed(4)} at step ${best.step}`] : []),
  ];
  return `${ended} after ${facts.join(', ')}`;
}
