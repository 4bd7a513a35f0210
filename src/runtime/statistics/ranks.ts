export type Rank = 'best' | 'median' | 'worst';

/** Which of `count`, the best first, are the best, the median and the worst; each once, and none of none. */
export function bestMedianWorst(
  count: number,
): readonly { readonly rank: Rank; readonly at: number }[] {
  const last = count - 1;
  const places = [
    { rank: 'best', at: 0 },
    { rank: 'median', at: Math.floor(last / 2) },
    { rank: 'worst', at: last },
  ] as const;
  return count === 0
    ? []
    : places.filter(({ at }, i) => !places.slice(0, i).some((other) => other.at === at));
}
