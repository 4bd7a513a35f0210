import { list, number, type Value } from '../values/value.js';

/** A function of the configuration (numbers-4). */
export interface NumberFunction {
  readonly name: string;
  readonly summary: string;
  /** How a call reads. */
  readonly usage: string;
  /** The least and the greatest number of arguments. */
  readonly arity: readonly [number, number];
  /** Whether its arguments must be whole. */
  readonly whole: boolean;
  call(...args: number[]): Value;
}

const real = (
  name: string,
  usage: string,
  arity: NumberFunction['arity'],
  summary: string,
  of: (...args: number[]) => number,
): NumberFunction => ({
  name,
  summary,
  usage: `${name}(${usage})`,
  arity,
  whole: false,
  call: (...args) => number(of(...args)),
});

const one = [1, 1] as const;
const any = [1, Number.POSITIVE_INFINITY] as const;

export const functions: ReadonlyMap<string, NumberFunction> = new Map(
  [
    real('floor', 'x', one, 'The greatest whole number that is not above x.', Math.floor),
    real('ceil', 'x', one, 'The least whole number that is not below x.', Math.ceil),
    real('round', 'x', one, 'The nearest whole number; halves go up.', Math.round),
    real('min', 'x, y', any, 'The least of its arguments.', Math.min),
    real('max', 'x, y', any, 'The greatest of its arguments.', Math.max),
    real('pow', 'x, y', [2, 2], 'x to the power y.', (x, y) => x ** y),
    {
      name: 'range',
      summary: '`range(n)` is 0 to n - 1, `range(a, b)` is a to b - 1.',
      usage: 'range(n)',
      arity: [1, 2] as const,
      whole: true,
      call(...args: number[]) {
        const [from, to] = args.length === 1 ? [0, args[0]] : args;
        const length = Math.max(0, to! - from);
        return list(Array.from({ length }, (_, i) => number(from + i)));
      },
    },
  ].map((f) => [f.name, f]),
);
