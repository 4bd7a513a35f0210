import type { Experiment } from '../experiments/experiment.js';
import type { Network } from '../networks/network.js';
import type { WrittenResources } from './resources.js';

export type PaperName = 'drive' | 'isic' | 'lung';

/** A checked ablation. */
export interface Ablation {
  /** The file's name without its ending. */
  readonly name: string;
  /** Of the variants, in order; the first is what the others are tested against. */
  readonly variants: readonly string[];
  readonly metric: string;
  readonly paper: PaperName | null;
  /** The folder of runs and report. */
  readonly output: string;
  readonly runs: readonly PlannedRun[];
  /** What the file says that each run is given on a cluster. */
  readonly resources: WrittenResources | null;
}

/** A run: a variant from a seed, on a fold where there are folds. */
export interface PlannedRun {
  /** Also the name of its folder. */
  readonly name: string;
  readonly variant: string;
  readonly seed: number;
  /** From 1; null without folds. */
  readonly fold: number | null;
  readonly folder: string;
  readonly experiment: Experiment;
  readonly network: Network;
}
