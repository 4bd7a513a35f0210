import type { FreeMemory } from './machine.js';
import type { Call } from './need.js';

/** A call for which there is not enough memory. */
export interface TooMuch {
  readonly engine: string;
  readonly call: Call;
  readonly need: number;
  readonly memory: FreeMemory;
  readonly needAt: (at: Omit<Call, 'fn'>) => number;
  /** Whether the network is defined for a size. */
  readonly takes: (at: Omit<Call, 'fn'>) => boolean;
  /** Whether the command has `--force`. */
  readonly offered: boolean;
}

/** How much the call takes, how much there is, and the batch or the size that fits. */
export function refusal(of: TooMuch): string {
  const { engine, call, need, memory, offered } = of;
  const words = callWords(call, offered);
  const told = `${words.what} takes about ${amount(need)} of memory in the ${engine} engine, ${memory.isEngines ? `which can use ${amount(memory.free)}` : `and ${amount(memory.free)} of ${amount(memory.total)} are free`}`;
  const { batch, size } = fitting(of);
  const single = batch === undefined && size === undefined ? fitting(alone(of)).size : undefined;
  const ways = [
    ...(batch === undefined ? [] : [words.batch(batch)]),
    ...(size === undefined ? [] : [words.size(size)]),
    ...(single === undefined ? [] : [`${words.batch(1)} with ${words.size(single)}`]),
  ];
  const way =
    ways.length > 0
      ? `${ways.join(', or ')} would fit`
      : `no batch and no ${words.unit} would fit: make the network smaller, or take a machine with more memory`;
  return `${told}: ${way}${offered ? '; --force tries it all the same' : ''}`;
}

/** More batches a step than these are not proposed: such a batch was a slip. */
const mostParts = 256;

const alone = (of: TooMuch): TooMuch => ({ ...of, call: { ...of.call, batch: 1 } });

/** In the keys of an experiment, where there is one. */
function callWords({ fn, batch, height, width }: Call, isExperiment: boolean) {
  const size = `${width}x${height}`;
  if (fn === 'predict') {
    const what = `a prediction of ${batch === 1 ? 'one tile' : `${batch} tiles`} of ${size}`;
    const key = isExperiment ? 'evaluation.' : '';
    return {
      what,
      unit: 'window',
      batch: (n: number) => `${key}batch ${n}`,
      size: (n: number) => `${key}window ${n}`,
    };
  }
  const more = (n: number): string =>
    isExperiment && fn === 'train' && batch % n === 0 && batch / n <= mostParts
      ? ` (with accumulate ${batch / n} for as many patches a step)`
      : '';
  return {
    what: `a training step of batch ${batch} and patch ${height}`,
    unit: 'patch',
    batch: (n: number) => `batch ${n}${more(n)}`,
    size: (n: number) => `patch ${n}`,
  };
}

/** The largest batch of that size, and the largest square in batches of that number. */
function fitting({ call, memory, needAt, takes }: TooMuch) {
  const { batch, height, width } = call;
  const fits = (n: number, h: number, w: number): boolean =>
    needAt({ batch: n, height: h, width: w }) <= memory.free;
  const largest = greatest(batch - 1, (n) => fits(n, height, width));
  const below = Array.from({ length: Math.max(height, width) - 1 }, (_, i) => i + 1);
  const sizes = below.filter((n) => takes({ batch, height: n, width: n }));
  const at = greatest(sizes.length, (n) => fits(batch, sizes[n - 1]!, sizes[n - 1]!));
  return {
    batch: largest > 0 ? largest : undefined,
    size: at > 0 ? sizes[at - 1] : undefined,
  };
}

/** The greatest number from 1 to `most` for which `fits`, of which smaller ones do too; 0 where there is none. */
function greatest(most: number, fits: (n: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const units = [
  [1e15, 'PB'],
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
] as const;

/** Bytes as people write them: 5.1 GB. */
export function amount(bytes: number): string {
  const [unit, name] = units.find(([least]) => bytes >= least) ?? units.at(-1)!;
  const value = bytes / unit;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${name}`;
}
