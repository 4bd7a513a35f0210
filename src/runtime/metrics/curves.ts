import { byteOf } from '../prediction/map-byte.js';
import { areasOf, descend, type Ranked } from './ranking.js';
import { type Polyline, thinned } from './thin.js';

/** The share of the background, and of the foreground, that has at least `threshold`. */
export interface RocPoint {
  readonly fpr: number;
  readonly tpr: number;
  /** Null at the start, where no pixel has it. */
  readonly threshold: number | null;
}

export interface PrPoint {
  readonly recall: number;
  readonly precision: number;
  readonly threshold: number | null;
}

/** A curve of one class; `area` is of all its points, not of those kept. */
export interface Curve<P> {
  readonly name: string;
  readonly area: number | null;
  readonly points: readonly P[];
}

/** What a chart can show of a share. */
const short = (value: number): number => Math.round(value * 1e6) / 1e6;

/** How many points of a curve are kept at most. */
const most = 500;

/** From nothing found to all found. Null where a class is absent and there is no curve. */
export function rocOf(name: string, ranked: Ranked): Curve<RocPoint> {
  const [positives, negatives] = [ranked.foreground.length, ranked.background.length];
  const line = lineOf(ranked, (tp, fp) => [fp / negatives, tp / positives], [0, 0]);
  const points = line.xs.map((fpr, i) => ({
    fpr: short(fpr),
    tpr: short(line.ys[i]!),
    threshold: line.values[i]!,
  }));
  return { name, area: areasOf(ranked).rocAuc, points };
}

/** It starts at a recall of 0 with the precision of the highest probability. */
export function prOf(name: string, ranked: Ranked): Curve<PrPoint> {
  const positives = ranked.foreground.length;
  const line = lineOf(ranked, (tp, fp) => [tp / positives, tp / (tp + fp)], null);
  const points = line.xs.map((recall, i) => ({
    recall: short(recall),
    precision: short(line.ys[i]!),
    threshold: line.values[i]!,
  }));
  return { name, area: areasOf(ranked).prAuc, points };
}

/** Points nearer than this in both directions to the last one kept are passed over. */
const step = 1 / 20_000;

/**
 * The last point of each byte of a map is kept, whatever its place: with it a curve tells what is found at any threshold between bytes.
 *
 * @param start the first point; null: a copy of the first visited, at an x of 0
 */
function lineOf(
  ranked: Ranked,
  place: (tp: number, fp: number) => readonly [number, number],
  start: readonly [number, number] | null,
): Polyline {
  const line = { xs: [] as number[], ys: [] as number[], values: [] as (number | null)[] };
  const keep = (x: number, y: number, value: number | null): void => {
    line.xs.push(x);
    line.ys.push(y);
    line.values.push(value);
  };
  if (ranked.foreground.length === 0 || ranked.background.length === 0) return line;
  if (start !== null) keep(...start, null);
  const always: number[] = [];
  let [before, isKept, x, y] = [Number.NaN, true, 0, 0];
  const endByte = (): void => {
    if (!isKept) keep(x, y, before);
    always.push(line.xs.length - 1);
  };
  descend(ranked, (value, tp, fp) => {
    if (line.xs.length > 0 && byteOf(value) !== byteOf(before)) endByte();
    [x, y] = place(tp, fp);
    if (line.xs.length === 0) keep(0, y, null);
    const last = line.xs.length - 1;
    isKept = Math.max(x - line.xs[last]!, Math.abs(y - line.ys[last]!)) >= step;
    if (isKept) keep(x, y, value);
    before = value;
  });
  endByte();
  return thinned(line, most, always);
}
