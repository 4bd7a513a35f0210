/** Pixels by what was drawn and what was predicted. */
export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/**
 * The paper prints SE = TP / (TP + FP) and SP = TN / (TP + FP); both are misprints. Meant, and used
 * here, are SE = TP / (TP + FN) and SP = TN / (TN + FP).
 */
export interface Scores {
  /** Accuracy, (TP + TN) / all. */
  readonly ac: number;
  /** Sensitivity or recall, TP / (TP + FN). */
  readonly se: number;
  /** Specificity, TN / (TN + FP). */
  readonly sp: number;
  /** F1 or Dice, 2 TP / (2 TP + FP + FN). */
  readonly f1: number;
  /** TP / (TP + FP). */
  readonly precision: number;
  /** TP / (TP + FP + FN). */
  readonly jaccard: number;
}

/** Counts probabilities of at least `threshold` as predicted. `target` is 0 or 1. */
export function confusionAt(
  probabilities: ArrayLike<number>,
  target: ArrayLike<number>,
  threshold: number,
): Confusion {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (let i = 0; i < target.length; i++) {
    const predicted = probabilities[i] >= threshold;
    if (target[i] === 1) predicted ? tp++ : fn++;
    else predicted ? fp++ : tn++;
  }
  return { tp, fp, fn, tn };
}

/** A share of nothing is 0: an image without vessels has no sensitivity to speak of. */
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export function scoresOf({ tp, fp, fn, tn }: Confusion): Scores {
  return {
    ac: share(tp + tn, tp + fp + fn + tn),
    se: share(tp, tp + fn),
    sp: share(tn, tn + fp),
    f1: share(2 * tp, 2 * tp + fp + fn),
    precision: share(tp, tp + fp),
    jaccard: share(tp, tp + fp + fn),
  };
}
