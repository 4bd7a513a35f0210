import type { EmptyRule } from '../experiments/options/evaluation.js';

/** Pixels by ground truth and prediction. */
export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/**
 * Null where there is nothing to divide by. The paper prints SE = TP / (TP + FP) and SP = TN / (TP + FP); both are
 * misprints. Meant, and used here, are SE = TP / (TP + FN) and SP = TN / (TN + FP).
 */
export interface Scores {
  /** Accuracy, (TP + TN) / all. */
  readonly ac: number | null;
  /** Sensitivity or recall, TP / (TP + FN). */
  readonly se: number | null;
  /** Specificity, TN / (TN + FP). */
  readonly sp: number | null;
  /** F1 or Dice, 2 TP / (2 TP + FP + FN). */
  readonly f1: number | null;
  /** TP / (TP + FP). */
  readonly precision: number | null;
  /** TP / (TP + FP + FN). */
  readonly jaccard: number | null;
}

/** Counts probabilities of at least `threshold` as predicted. `target` is 0 or 1. */
export function confusionAt(
  probabilities: ArrayLike<number>,
  target: ArrayLike<number>,
  threshold: number,
): Confusion {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (let i = 0; i < target.length; i++) {
    const predicted = probabilities[i]! >= threshold;
    if (target[i] === 1) predicted ? tp++ : fn++;
    else predicted ? fp++ : tn++;
  }
  return { tp, fp, fn, tn };
}

/**
 * Under the rule `one` each 0/0 is 1, as the ISIC challenge scores SE, SP, precision, Dice and Jaccard. Of no
 * pixels at all nothing can be said under either rule.
 */
export function scoresOf({ tp, fp, fn, tn }: Confusion, empty: EmptyRule = 'skip'): Scores {
  const pixels = tp + fp + fn + tn;
  const ofNothing = empty === 'one' && pixels > 0 ? 1 : null;
  const share = (part: number, whole: number): number | null =>
    whole === 0 ? ofNothing : part / whole;
  return {
    ac: share(tp + tn, pixels),
    se: share(tp, tp + fn),
    sp: share(tn, tn + fp),
    f1: share(2 * tp, 2 * tp + fp + fn),
    precision: share(tp, tp + fp),
    jaccard: share(tp, tp + fp + fn),
  };
}
