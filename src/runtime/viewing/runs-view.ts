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
  /** Its test images by name, where they are shown at any threshold: those of one class. */
  readonly tested: readonly string[];
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

/** A test image of a run, by their places in `runs` and `tested`: what a page asks the server for. */
export const testName = (run: number, image: number): string => `test/${run}/${image}`;

/** The bytes of each pixel of a test image: red, green, blue, the probability times 255, and a `Truth`. */
export const bytesOfPixel = 5;
/** A test image is these bytes behind its width and its height, each of 4 bytes, the lowest first. */
export const headOfImage = 8;

/** What the ground truth says of a pixel; the last where it does not count. */
export const truths = { background: 0, foreground: 1, outside: 2 } as const;
