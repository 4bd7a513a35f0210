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

/** The probabilities of pixels by their ground truth, each in ascending order. */
export interface Ranked {
  readonly foreground: Float32Array;
  readonly background: Float32Array;
}

/** Parts the pixels by `target`, 0 or 1, and sorts them. */
export const rank = (probabilities: ArrayLike<number>, target: ArrayLike<number>): Ranked => ({
  foreground: pick(probabilities, target, 1).sort(),
  background: pick(probabilities, target, 0).sort(),
});

/**
 * Visits each probability that occurs, from the highest down, with the foreground (`tp`) and
 * background (`fp`) pixels that have at least it. Pixels with one probability enter together, so
 * their order cannot matter.
 */
export function descend(
  { foreground, background }: Ranked,
  visit: (probability: number, tp: number, fp: number) => void,
): void {
  let f = foreground.length;
  let b = background.length;
  while (f > 0 || b > 0) {
    const probability = Math.max(
      f > 0 ? foreground[f - 1]! : Number.NEGATIVE_INFINITY,
      b > 0 ? background[b - 1]! : Number.NEGATIVE_INFINITY,
    );
    // Written so that a probability that is no number is passed too.
    while (f > 0 && !(foreground[f - 1]! < probability)) f--;
    while (b > 0 && !(background[b - 1]! < probability)) b--;
    visit(probability, foreground.length - f, background.length - b);
  }
}

/** Exact areas over all pixels, no binning. */
export function areasOf(ranked: Ranked): RankingScores {
  const [positives, negatives] = [ranked.foreground.length, ranked.background.length];
  if (positives === 0 || negatives === 0) return { rocAuc: null, prAuc: null };
  let [tpBefore, fpBefore, wins, precisions] = [0, 0, 0, 0];
  descend(ranked, (_, tp, fp) => {
    wins += (fp - fpBefore) * ((tp + tpBefore) / 2);
    precisions += ((tp - tpBefore) * tp) / (tp + fp);
    [tpBefore, fpBefore] = [tp, fp];
  });
  return { rocAuc: wins / (positives * negatives), prAuc: precisions / positives };
}

/**
 * The threshold with the greatest F1, of several the highest; null where nothing is foreground, as then
 * each is as good as another.
 */
export function bestThreshold(ranked: Ranked): { threshold: number; f1: number } | null {
  const positives = ranked.foreground.length;
  if (positives === 0) return null;
  let [threshold, best] = [1, -1];
  descend(ranked, (probability, tp, fp) => {
    const f1 = (2 * tp) / (positives + tp + fp);
    if (f1 > best) [threshold, best] = [probability, f1];
  });
  return { threshold, f1: best };
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
    if (target[i] === label) picked[count++] = probabilities[i]!;
  }
  return picked.slice(0, count);
}
