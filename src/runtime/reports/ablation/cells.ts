/** A table for people, before it is Markdown or HTML. */
export interface ReportTable {
  readonly title: string;
  readonly notes: readonly string[];
  readonly header: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface Cell {
  readonly text: string;
  /** A path from the report, or a place in it. */
  readonly link?: string;
}

export const dash = '–';

export const plain = (text: string): Cell => ({ text });

export const score = (value: number | null | undefined): string => value?.toFixed(4) ?? dash;

/** `0.8010 ± 0.0042`; without the spread where one run has none. */
export const withSpread = (mean: number | null, spread: number | null): string =>
  spread === null ? score(mean) : `${score(mean)} ± ${spread.toFixed(4)}`;

export const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${score(Math.abs(value))}`;

/** A chance, to two digits; never 0. */
export function chance(p: number): string {
  if (p < 1e-4) return '< 0.0001';
  return p < 0.1 ? p.toPrecision(2) : p.toFixed(2);
}
