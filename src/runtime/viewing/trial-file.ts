import type { Preprocessing } from '../data/preprocess.js';
import type { Experiment } from '../experiments/experiment.js';

/** A value that can be shown as a map over the image. */
export interface ShownValue {
  /** `UShape/gate/alpha`, or of the model's outputs `output mask`. */
  readonly name: string;
  /** In the language's words: `[N, H/2, W/2, 1]`. */
  readonly shape: string;
  readonly channels: number;
  /** Whether it is of one channel and of 0 to 1, as an attention gate's coefficients are, and no output of the model. */
  readonly isCoefficient: boolean;
}

export interface ShownValues {
  /** As `Trial.graph`, with an output for each value: its place in `values`. */
  readonly graph: string;
  readonly values: readonly ShownValue[];
  /** How many have names and are no maps of the image. */
  readonly others: number;
}

/** What a page is told of a trained network, beside its weights. */
export interface Trial {
  /** The graph of `predict`, in its text form. */
  readonly graph: string;
  /** What the network computes on the way and has a name for. */
  readonly values: ShownValues;
  /** The output that is scored. */
  readonly output: string;
  readonly preprocessing: Preprocessing;
  /** Whether it was trained inside fields of view. */
  readonly fov: boolean;
  readonly experiment: Pick<Experiment, 'evaluation' | 'patch'>;
  readonly threshold: number;
  /** The foreground's classes; null of a run that does not say. */
  readonly classes: readonly string[] | null;
}

/** Where the metadata of a trial's file has its `Trial`, as JSON. */
export const trialKey = 'trial';
