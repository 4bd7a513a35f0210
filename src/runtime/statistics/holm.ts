/**
 * P-values of several tests, each raised so that the chance of any false finding among all of them stays below the
 * level it is held to (Holm 1979): the smallest times their number, the next times one less, none below the one before.
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const adjusted = new Array<number>(values.length);
  let least = 0;
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min(1, values[i]! * (values.length - rank)));
    adjusted[i] = least;
  }
  return adjusted;
}
