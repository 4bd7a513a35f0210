import type { Schedule } from '../experiments/options/training.js';

/** How long a run is, and how fast it learns at most. */
export interface Extent {
  readonly peak: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

/**
 * The rate of `step` (0, 1, ... `steps` - 1). Over the first `warmup` steps it rises linearly to
 * `peak`; then it stays, falls along half a cosine to `floor` times `peak` at the last step
 * (Loshchilov and Hutter 2017, without restarts), or is multiplied by `factor` at each point of `at`
 * or each time validation has reached a plateau.
 * @param falls how many plateaus there were before this step
 */
export function learningRateAt(
  schedule: Schedule,
  { peak, steps, stepsPerEpoch }: Extent,
  step: number,
  falls = 0,
): number {
  if (step < schedule.warmup) return (peak * (step + 1)) / (schedule.warmup + 1);
  switch (schedule.kind) {
    case 'constant':
      return peak;
    case 'cosine': {
      const last = steps - 1 - schedule.warmup;
      const progress = last <= 0 ? 0 : (step - schedule.warmup) / last;
      const cosine = (1 + Math.cos(Math.PI * Math.min(progress, 1))) / 2;
      return peak * (schedule.floor + (1 - schedule.floor) * cosine);
    }
    case 'step': {
      const unit = schedule.unit === 'epochs' ? stepsPerEpoch : 1;
      return peak * schedule.factor ** schedule.at.filter((point) => step >= point * unit).length;
    }
    case 'plateau':
      return peak * Math.max(schedule.floor, schedule.factor ** falls);
  }
}
