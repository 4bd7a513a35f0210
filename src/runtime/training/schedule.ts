/** How the learning rate goes over the steps of a run. */
export type Schedule =
  | { readonly kind: 'constant'; readonly warmup: number }
  | { readonly kind: 'cosine'; readonly warmup: number; readonly floor: number };

/**
 * The rate of `step` (0, 1, ... `steps` - 1). Over the first `warmup` steps it rises linearly to
 * `peak`; then it stays, or falls along half a cosine to `floor` times `peak` at the last step
 * (Loshchilov and Hutter 2017, without restarts).
 */
export function learningRateAt(
  schedule: Schedule,
  peak: number,
  step: number,
  steps: number,
): number {
  if (step < schedule.warmup) return (peak * (step + 1)) / (schedule.warmup + 1);
  if (schedule.kind === 'constant') return peak;
  const last = steps - 1 - schedule.warmup;
  const progress = last <= 0 ? 0 : (step - schedule.warmup) / last;
  const cosine = (1 + Math.cos(Math.PI * Math.min(progress, 1))) / 2;
  return peak * (schedule.floor + (1 - schedule.floor) * cosine);
}
