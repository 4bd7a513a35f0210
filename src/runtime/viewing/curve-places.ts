import { thresholdOf } from '../prediction/map-byte.js';
import type { ScoredCurve } from '../runs/read-run.js';
import type { Place } from './runs-view.js';

/** A place is told to this share of an axis. */
const finest = 1e4;

/**
 * Where a curve is at the thresholds of the bytes of a map, that of 1 first: at the kept point of the least probability that is enough.
 * `netc evaluate` keeps one for each byte; of a curve that an earlier one thinned it is the nearest that is kept. Null where the curve
 * does not tell its thresholds.
 */
export function placesOn({ x, y, thresholds }: ScoredCurve): readonly Place[] | null {
  // At the first point no pixel is found.
  const values = thresholds.map((value, i) => (i === 0 ? (value ?? 1) : value));
  if (values.some((value, i) => value === null || value > (values[i - 1] ?? 1))) return null;
  const short = (value: number): number => Math.round(value * finest) / finest;
  const places: Place[] = [];
  let at = 0;
  for (let byte = 255; byte >= 1; byte--) {
    while (at + 1 < values.length && values[at + 1]! >= thresholdOf(byte)) at++;
    places.push([short(x[at]!), short(y[at]!)]);
  }
  return places.reverse();
}
