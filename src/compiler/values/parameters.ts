import { greatest } from '../sizes/rational.js';
import { number, type Value } from './value.js';

/** A parameter of a built-in: what it takes and what it is without an argument. */
export interface Parameter<T> {
  /** What a message asks for: `a whole number of 1 or more`. */
  readonly wants: string;
  /** The strings it takes, where it takes no others. */
  readonly options?: readonly string[];
  /** Numbers must be whole; told apart so that a fraction has its own error (numbers-2). */
  readonly whole: boolean;
  /** Undefined where `value` is not what it wants. */
  read(value: Value): T | undefined;
  /** Absent: required. */
  readonly fallback?: Value;
  /** Of a default that is no value but taken from elsewhere: from where, as in `window`. */
  readonly implied?: string;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type ConfigurationOf<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};
/** Height and width. */
export type Pair = readonly [number, number];

const wholeFrom = (value: Value, least: number): number | undefined =>
  value.kind === 'number' &&
  Number.isInteger(value.value) &&
  value.value >= least &&
  value.value <= greatest
    ? value.value
    : undefined;

const fallbackOf = (value: Value | undefined): { fallback?: Value } =>
  value === undefined ? {} : { fallback: value };

export const count = (fallback?: number, least = 1): Parameter<number> => ({
  wants: `a whole number of ${least} or more`,
  whole: true,
  read: (value) => wholeFrom(value, least),
  ...fallbackOf(fallback === undefined ? undefined : number(fallback)),
});

/** One number for both axes or `[height, width]`. */
export const pair = (fallback?: number): Parameter<Pair> => ({
  wants: 'a whole number of 1 or more, or [height, width]',
  whole: true,
  read(value) {
    const items = value.kind === 'list' ? value.items : [value, value];
    const [height, width] = items.map((item) => wholeFrom(item, 1));
    if (items.length !== 2 || height === undefined || width === undefined) return undefined;
    return [height, width];
  },
  ...fallbackOf(fallback === undefined ? undefined : number(fallback)),
});

/** As `parameter`; without an argument what `other` says, which the builder sees as null. */
const or = <T>(parameter: Parameter<T>, other: string): Parameter<T | null> => ({
  ...parameter,
  fallback: { kind: 'string', value: other },
  implied: other,
  read: (value) =>
    value.kind === 'string' && value.value === other ? null : parameter.read(value),
});

/** As `pair`; without an argument what the parameter `other` has. */
export const pairOr = (other: string): Parameter<Pair | null> => or(pair(), other);
/** As `count`; without an argument what `other` says. */
export const countOr = (other: string): Parameter<number | null> => or(count(), other);

export const real = (
  fallback: number,
  wants = 'a number',
  allows: (n: number) => boolean = () => true,
): Parameter<number> => ({
  wants,
  whole: false,
  read: (value) => (value.kind === 'number' && allows(value.value) ? value.value : undefined),
  fallback: number(fallback),
});

/** One of `options`, or a number that stands for itself. */
export const choiceOrNumber = <T extends string>(
  options: readonly T[],
  fallback: NoInfer<T> | number,
): Parameter<T | number> => {
  const word = choice(options, options[0]!);
  return {
    ...word,
    wants: `a number or ${word.wants}`,
    read: (value) => (value.kind === 'number' ? value.value : word.read(value)),
    fallback: typeof fallback === 'number' ? number(fallback) : { kind: 'string', value: fallback },
  };
};

export const flag = (fallback: boolean): Parameter<boolean> => ({
  wants: 'true or false',
  whole: false,
  read: (value) => (value.kind === 'boolean' ? value.value : undefined),
  fallback: { kind: 'boolean', value: fallback },
});

export const choice = <T extends string>(
  options: readonly T[],
  fallback: NoInfer<T>,
): Parameter<T> => ({
  wants: options.map((option) => JSON.stringify(option)).join(' or '),
  options,
  whole: false,
  read: (value) =>
    value.kind === 'string' ? options.find((option) => option === value.value) : undefined,
  fallback: { kind: 'string', value: fallback },
});
