/** The losses an experiment may name, each with the operations that the outputs it is of may end in. */
export const lossEnds = {
  bce: ['sigmoid'],
  dice: ['sigmoid', 'softmax'],
  'bce+dice': ['sigmoid'],
  focal: ['sigmoid', 'softmax'],
  tversky: ['sigmoid', 'softmax'],
  'cross-entropy': ['softmax'],
  'cross-entropy+dice': ['softmax'],
} as const satisfies Readonly<Record<string, readonly LossEnd[]>>;

export type LossEnd = 'sigmoid' | 'softmax';
export type LossKind = keyof typeof lossEnds;

/** What a loss computes, whichever output it is of; what a kind has no use for may be left out. */
export interface Criterion {
  readonly kind: LossKind;
  /**
   * How much each class weighs: background and foreground of a single channel, else one number a channel. In cross-entropies
   * and the focal loss it weighs pixels, in Dice and Tversky losses the mean over the classes.
   */
  readonly classWeights?: readonly number[] | null;
  /** Focal: the power of what the probability lacks to 1. */
  readonly gamma?: number;
  /** Focal, of a single channel: the share of the foreground, null for no balance. Tversky: what a false positive costs. */
  readonly alpha?: number | null;
  /** Tversky: what a false negative costs. */
  readonly beta?: number;
  /** Dice and Tversky: added above and below the fraction. */
  readonly smooth?: number;
  /** Dice and Tversky, after a softmax: whether the first class counts too. */
  readonly background?: boolean;
}

/** What an experiment that says no more than the kind gets. */
export const lossDefaults = {
  gamma: 2,
  alpha: { focal: 0.25, tversky: 0.3 },
  beta: 0.7,
  smooth: 1,
  background: false,
} as const;
