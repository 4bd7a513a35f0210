import type { Box } from '../diagram/diagram.js';

/** What a drawing says of each block, and how. Lengths are in the units of the drawing. */
export interface Style {
  /** Whether boxes have a line for each argument and each tensor that they give. */
  readonly details: boolean;
  /** Whether unfolded blocks have frames; recurrences always have. */
  readonly frames: boolean;
  /** What stands for a long name. */
  readonly nameOf: (box: Box) => string;
  readonly fontSize: number;
  readonly lineHeight: number;
  /** Between the border of a box and what it says: left and right, above and below. */
  readonly padding: readonly [x: number, y: number];
  /** Between lines that run side by side. */
  readonly step: number;
  /** Between rows and between columns where nothing runs: the room for an arrow. */
  readonly gap: number;
  /** Of the point of an arrow. */
  readonly point: readonly [length: number, width: number];
}

const titleOf = ({ title }: Box): string => title;

/** For a screen or a poster: all that is known. */
export const full: Style = {
  details: true,
  frames: true,
  nameOf: titleOf,
  fontSize: 11,
  lineHeight: 14,
  padding: [7, 4],
  step: 6,
  gap: 18,
  point: [6, 5],
};

/** Names alone. */
export const plain: Style = { ...full, details: false };

/** For a column of a paper. */
export const compact: Style = {
  ...plain,
  frames: false,
  fontSize: 10,
  lineHeight: 11,
  padding: [2.75, 2.5],
  step: 4,
  gap: 7.5,
  point: [4.5, 4],
};
