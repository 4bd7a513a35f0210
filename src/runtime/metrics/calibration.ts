/** Equal parts of 0 to 1. Each holds its upper end; the first holds 0 too. */
const bins = 15;

/** Of the pixels of each bin: how many, and the sums of their probabilities and of the target. */
export interface Calibration {
  readonly counts: Float64Array;
  readonly probabilities: Float64Array;
  readonly targets: Float64Array;
  /** Whether all values were of 0 to 1; else they are no probabilities. */
  readonly valid: boolean;
}

/** `target` is 0 or 1. */
export function calibrationOf(
  probabilities: ArrayLike<number>,
  target: ArrayLike<number>,
): Calibration {
  const [counts, sums, targets] = [0, 1, 2].map(() => new Float64Array(bins));
  let valid = true;
  for (let i = 0; i < target.length; i++) {
    const probability = probabilities[i]!;
    if (!(probability >= 0 && probability <= 1)) {
      valid = false;
      continue;
    }
    const bin = Math.max(0, Math.ceil(probability * bins) - 1);
    counts![bin]!++;
    sums![bin]! += probability;
    targets![bin]! += target[i]!;
  }
  return { counts: counts!, probabilities: sums!, targets: targets!, valid };
}

/** Of the pixels of all of them. */
export function addCalibrations(all: readonly Calibration[]): Calibration {
  const sum = (key: 'counts' | 'probabilities' | 'targets'): Float64Array =>
    new Float64Array(bins).map((_, bin) => all.reduce((total, one) => total + one[key][bin]!, 0));
  return {
    counts: sum('counts'),
    probabilities: sum('probabilities'),
    targets: sum('targets'),
    valid: all.every(({ valid }) => valid),
  };
}

/**
 * Expected calibration error: how far the mean probability of a bin lies from the share of its
 * pixels that are foreground, averaged over all pixels. Null without pixels or probabilities.
 */
export function calibrationError(calibration: Calibration): number | null {
  const { counts, probabilities, targets, valid } = calibration;
  const pixels = counts.reduce((a, b) => a + b, 0);
  if (!valid || pixels === 0) return null;
  let apart = 0;
  for (let bin = 0; bin < bins; bin++) apart += Math.abs(probabilities[bin]! - targets[bin]!);
  return apart / pixels;
}
