import type { Preprocessing } from '../data/preprocess.js';
import type { Experiment } from '../experiments/experiment.js';

/** What a page is told of a trained network, beside its weights. */
export interface Trial {
  /** The graph of `predict`, in its text form. */
  readonly graph: string;
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
