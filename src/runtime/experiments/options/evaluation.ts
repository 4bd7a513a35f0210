export const blends = ['gaussian', 'uniform'] as const;

/** How much the pixels of a tile count where tiles overlap. */
export type Blend = (typeof blends)[number];

/** What 0/0 is: undefined, left out of every mean; or 1, as challenges count it. */
export const emptyRules = ['skip', 'one'] as const;

export type EmptyRule = (typeof emptyRules)[number];

export const postprocessSteps = ['keep-largest', 'fill-holes'] as const;

/** What may be done to a predicted mask, by the name that experiments give it. */
export type PostprocessStep = (typeof postprocessSteps)[number];

export interface EvaluationOptions {
  /** The output that is scored, one of a list by its index, of a list alone its last; null: `scoredOutput` says which. */
  readonly output: string | null;
  /** Least height and width of a tile; null: the patch size. */
  readonly window: number | null;
  /** How far tiles lie apart; null: half a tile. */
  readonly stride: number | null;
  /** Tiles a call. */
  readonly batch: number;
  /** How much pixels of a tile count where tiles overlap. */
  readonly blend: Blend;
  /** Whether mirrored images are predicted too, and the four predictions averaged. */
  readonly flips: boolean;
  /**
   * Probabilities of at least this are foreground; `validation`: the one with the greatest F1 on the
   * validation images.
   */
  readonly threshold: number | 'validation';
  /** What a score of 0/0 counts as. */
  readonly empty: EmptyRule;
  /** What is done to a predicted mask before it is scored or written, in this order. */
  readonly postprocess: readonly PostprocessStep[];
  /**
   * Whether the untrained network and the best threshold on the green channel are scored beside.
   */
  readonly baselines: boolean;
}
