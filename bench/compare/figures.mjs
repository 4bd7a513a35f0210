// What is made of the times: medians, ratios of one round, geometric means.

export const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
};

/** Median, least and greatest. */
export const spread = (values) => ({
  median: median(values),
  least: Math.min(...values),
  greatest: Math.max(...values),
});

/** Ours over theirs, each pair from one round: what slows the machine for a while is in both. */
export const ratios = (ours, theirs) => spread(ours.map((value, round) => value / theirs[round]));

export const geometricMean = (values) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** The name whose measure is least, of `{ name: number }`. */
export const leastOf = (measures) =>
  Object.entries(measures).reduce((best, entry) => (entry[1] < best[1] ? entry : best))[0];

/**
 * Ours against the peer that is best at each workload, and the geometric mean over workloads.
 * @param workloads for each, `{ side: values by round }`, netc's as `ours`
 */
export function againstBest(workloads) {
  const each = workloads.map(({ ours, ...peers }) => {
    const medians = Object.entries(peers).map(([name, values]) => [name, median(values)]);
    const peer = leastOf(Object.fromEntries(medians));
    return { peer, ratio: ratios(ours, peers[peer]) };
  });
  return { each, mean: geometricMean(each.map(({ ratio }) => ratio.median)) };
}
