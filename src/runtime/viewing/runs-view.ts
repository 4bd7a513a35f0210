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
  /** Where its curves are at the threshold of each byte of a map, that of 1 first; null where it has none that tells. */
  readonly places: Readonly<Record<CurveKind, readonly Place[] | null>>;
  /** What its training kept of its validations; null where there is nothing. */
  readonly validated: ViewedValidations | null;
  /** What is missing or damaged. */
  readonly problems: readonly string[];
}

/** A place in a chart whose axes go from 0 to 1. */
export type Place = readonly [x: number, y: number];
export const curveKinds = ['roc', 'pr'] as const;
export type CurveKind = (typeof curveKinds)[number];

/** Validation images as the network saw them while it was trained. */
export interface ViewedValidations {
  /** By name, the first ones of the run's validation images. */
  readonly images: readonly string[];
  /** Of the validations whose maps are there, in order. */
  readonly steps: readonly number[];
  /** When the run began: another one in the same folder has maps of its own. */
  readonly began: number;
  /** What validation held probabilities against. */
  readonly threshold: number;
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

/** By which the page asks the server for a `RunsView`. */
export const runsName = 'runs';

/** A test image of a run, by their places in `runs` and `tested`: what a page asks the server for. */
export const testName = (run: number, image: number): string => `test/${run}/${image}`;
/** A validation image of a run as it was after so many steps, by their places in `runs` and `validated.images`. */
export const validationName = (run: number, image: number, step: number): string =>
  `validation/${run}/${image}/${step}`;

/** The bytes of each pixel of an image: red, green, blue, the probability times 255, and a `Truth`. */
export const bytesOfPixel = 5;
/** An image is these bytes behind its width and its height, each of 4 bytes, the lowest first. */
export const headOfImage = 8;

/** What the ground truth says of a pixel; the last where it does not count. */
export const truths = { background: 0, foreground: 1, outside: 2 } as const;
