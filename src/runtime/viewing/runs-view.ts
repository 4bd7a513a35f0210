import type { Scores } from '../runs/scores.js';

/** A run as the page shows it. */
export interface ViewedRun {
  /** Its folder's name; longer where several have it. */
  readonly name: string;
  /** How far it is. */
  readonly state: string;
  /** Null of a run that is not scored, as are the next three. */
  readonly model: string | null;
  readonly images: number | null;
  readonly threshold: number | null;
  /** Pooled over the pixels of its test images. */
  readonly scores: Scores | null;
  /** What is missing or damaged. */
  readonly problems: readonly string[];
}

export const chartKinds = ['roc', 'pr', 'loss', 'validation'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** What the page shows of runs, as they are now. */
export interface RunsView {
  readonly runs: readonly ViewedRun[];
  /** As SVG texts whose every name is escaped; those that some run has a line for. */
  readonly charts: Readonly<Partial<Record<ChartKind, string>>>;
  /** What a reader who compares the runs should know. */
  readonly notes: readonly string[];
}
