/** Areas that need no threshold; null where one of the two classes is absent. */
export interface RankingScores {
  /**
   * Area under the ROC curve: how often a foreground pixel has the higher probability; ties count
   * one half.
   */
  readonly rocAuc: number | null;
  /**
   * Area under precision over recall, as average precision: the sum of precision times the step in
   * recall.
   */
  readonly prAuc: number | null;
}

/**
 * Exact areas over all pixels, no binning. Pixels with one probability enter together, so their
 * order cannot matter. `target` is 0 or 1.
 */
export function rankingScores(
  probabilities: ArrayLike<number>,
  target: ArrayLike<number>,
): RankingScores {
  const foreground = pick(probabilities, target, 1).sort();
  const background = pick(probabilities, target, 0).sort();
  if (foreground.length === 0 || background.length === 0) return { rocAuc: null, prAuc: null };

  let [above, wins, averagePrecision] = [0, 0, 0];
  let f = foreground.length;
  let b = background.length;
  while (f > 0) {
    const probability = foreground[f - 1];
    while (b > 0 && background[b - 1] > probability) b--;
    const tiesFrom = b;
    while (b > 0 && background[b - 1] === probability) b--;
    const group = f;
    while (f > 0 && foreground[f - 1] === probability) f--;

    const positives = group - f;
    above = foreground.length - f;
    wins += positives * (b + (tiesFrom - b) / 2);
    averagePrecision += (positives * above) / (above + background.length - b);
  }
  return {
    rocAuc: wins / (foreground.length * background.length),
    prAuc: averagePrecision / foreground.length,
  };
}

/** Float32 sorts numerically and in place, many times as fast as a comparator. */
function pick(
  probabilities: ArrayLike<number>,
  target: ArrayLike<number>,
  label: 0 | 1,
): Float32Array {
  const picked = new Float32Array(target.length);
  let count = 0;
  for (let i = 0; i < target.length; i++) {
    if (target[i] === label) picked[count++] = probabilities[i];
  }
  return picked.subarray(0, count);
}
