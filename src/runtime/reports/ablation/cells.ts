import { byBetter, type Measure } from '../../metrics/measures.js';

/** A table for people, before it is Markdown or HTML. */
export interface ReportTable {
  readonly title: string;
  readonly notes: readonly string[];
  /** Of which cells those marked as best are. */
  readonly best?: string;
  readonly header: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly Cell[])[];
}

/** The notes, and what is marked: in bold, or how a reader sees it. */
export const notesOf = ({ notes, best }: ReportTable, mark = 'Bold'): readonly string[] =>
  best === undefined ? notes : [...notes, `${mark}: ${best}.`];

export interface Cell {
  readonly text: string;
  /** A path from the report, or a place in it. */
  readonly link?: string;
  /** The best of its column. */
  readonly isBest?: boolean;
}

export const dash = '–';

export const plain = (text: string): Cell => ({ text });

export const score = (value: number | null | undefined, digits = 4): string =>
  value?.toFixed(digits) ?? dash;

/** `0.8010 ± 0.0042`; without the spread where one run has none. */
export const withSpread = (mean: number | null, spread: number | null, digits = 4): string =>
  spread === null ? score(mean, digits) : `${score(mean, digits)} ± ${spread.toFixed(digits)}`;

/** ` (2 of 3)` where not all count; nothing where all do, or none. */
export const partOf = (count: number, all: number): string =>
  count === 0 || count === all ? '' : ` (${count} of ${all})`;

export const signed = (value: number, digits = 4): string =>
  `${value < 0 ? '−' : '+'}${score(Math.abs(value), digits)}`;

/**
 * Which of the values are the best of `measure`, as they are printed: several where they are equal then, none where there is
 * nothing to compare.
 */
export function bestOf(measure: Measure, values: readonly (number | null)[]): boolean[] {
  const printed = values.map((value) => (value === null ? null : score(value, measure.digits)));
  const known = values.filter((value) => value !== null);
  const [best] = known.sort(byBetter(measure));
  const text = known.length > 1 ? score(best, measure.digits) : undefined;
  return printed.map((value) => value === text);
}

/** A chance, to two digits; never 0. */
export function chance(p: number): string {
  if (p < 1e-4) return '< 0.0001';
  return p < 0.1 ? p.toPrecision(2) : p.toFixed(2);
}
