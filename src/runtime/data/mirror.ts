/** `i` mirrored into 0 ... length - 1 at the middle of the edge pixel, which is not repeated, as often as it takes. */
export function mirrored(i: number, length: number): number {
  if (i >= 0 && i < length) return i;
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = ((i % period) + period) % period;
  return folded < length ? folded : period - folded;
}
