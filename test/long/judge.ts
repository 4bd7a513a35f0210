/** A thousand steps, or another number of them, of a long training. */
export interface Stretch {
  /** How many steps were done at its end. */
  readonly step: number;
  /** The median over its steps of the memory that the process holds, in bytes. */
  readonly memory: number;
  /** Processor time a step, of all threads: by the clock a busy computer makes it any. */
  readonly milliseconds: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
};

/** More than these in the last quarter than in the second is no longer flat. */
export const most = { share: 0.1, bytes: 20e6 };

/** What grew from the second quarter of a training to the last; the first is left to caches that fill. */
export function growth(stretches: readonly Stretch[]): string[] {
  const quarter = Math.floor(stretches.length / 4);
  if (quarter === 0) return [`${stretches.length} stretches are too few to judge`];
  const second = stretches.slice(quarter, 2 * quarter);
  const last = stretches.slice(-quarter);
  const of = (part: readonly Stretch[], key: 'memory' | 'milliseconds'): number =>
    median(part.map((stretch) => stretch[key]));
  const [before, after] = [of(second, 'memory'), of(last, 'memory')];
  const [fast, slow] = [of(second, 'milliseconds'), of(last, 'milliseconds')];
  return [
    ...(after - before > most.bytes || after > before * (1 + most.share)
      ? [`memory grew from ${megabytes(before)} to ${megabytes(after)}`]
      : []),
    ...(slow > fast * (1 + most.share)
      ? [`a step took ${fast.toFixed(2)} ms of processor time and then ${slow.toFixed(2)} ms`]
      : []),
  ];
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
