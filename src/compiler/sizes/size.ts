import {
  addRational,
  divideRational,
  multiplyRational,
  one,
  type Rational,
  rational,
  sameRational,
  zero,
} from './rational.js';

/**
 * A size along one axis: `p * symbol + q` (sizes-1). A constant has no symbol and p = 0.
 * Batch, height and width carry symbols, channels never do. Where a size is rounded down, `floor(H/2)` is a symbol of its
 * own, whose text says what it stands for (`rounded.ts`).
 */
export interface Size {
  readonly symbol: string | null;
  readonly p: Rational;
  readonly q: Rational;
}

export type Shape = readonly Size[];
/** Sizes at run time. */
export type Extents = readonly number[];
/** What each symbol stands for in one call. */
export type Bindings = Readonly<Record<string, number>>;

const constant = (n: number): Size => ({ symbol: null, p: zero, q: rational(n) });
/** Sizes that every network has over and over: one value each keeps a graph of many nodes small. */
const shared = Array.from({ length: 1025 }, (_, n) => constant(n));
export const fixed = (n: number): Size => shared[n] ?? constant(n);
export const symbolic = (symbol: string): Size => ({ symbol, p: one, q: zero });

const affine = (symbol: string | null, p: Rational, q: Rational): Size =>
  p.n === 0 ? { symbol: null, p: zero, q } : { symbol, p, q };

export const plus = (size: Size, n: number): Size =>
  affine(size.symbol, size.p, addRational(size.q, rational(n)));

export const times = (size: Size, n: number): Size =>
  affine(size.symbol, multiplyRational(size.p, rational(n)), multiplyRational(size.q, rational(n)));

/** Exact division; whether the result is whole is a demand for the solver, not for this function. */
export const dividedBy = (size: Size, n: number): Size =>
  n === 1
    ? size
    : affine(size.symbol, divideRational(size.p, rational(n)), divideRational(size.q, rational(n)));

/** The sum, where both are over one symbol at most; undefined where it is no such size. Throws `SizeRangeError`, as all that computes with sizes. */
export function sumOf(a: Size, b: Size): Size | undefined {
  if (a.symbol !== null && b.symbol !== null && a.symbol !== b.symbol) return undefined;
  return affine(a.symbol ?? b.symbol, addRational(a.p, b.p), addRational(a.q, b.q));
}

/** How many times `small` goes into `large` whatever their symbol stands for; undefined where that is no number. */
export function ratioOf(large: Size, small: Size): number | undefined {
  if (large.symbol !== small.symbol) return undefined;
  const constant = large.symbol === null;
  if (!constant && (large.q.n !== 0 || small.q.n !== 0)) return undefined;
  const [a, b] = constant ? [large.q, small.q] : [large.p, small.p];
  return (a.n * b.d) / (a.d * b.n);
}

/** The number a constant size is; undefined for a symbolic one. */
export const fixedValue = (size: Size): number | undefined =>
  size.symbol === null ? size.q.n / size.q.d : undefined;
export const isOne = (size: Size): boolean => fixedValue(size) === 1;

/** Sizes that meet must be equal as expressions (sizes-3). */
export const sameSize = (a: Size, b: Size): boolean =>
  a.symbol === b.symbol && sameRational(a.p, b.p) && sameRational(a.q, b.q);
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => sameSize(size, b[axis] as Size));

/** The size under `bindings`, not rounded. Throws where the symbol is not bound. */
export function evaluateSize(size: Size, bindings: Bindings): number {
  if (size.symbol === null) return size.q.n / size.q.d;
  const inside = bindings[size.symbol] === undefined ? roundedIn(size.symbol) : undefined;
  const value = inside ? Math.floor(evaluateSize(inside, bindings)) : bindings[size.symbol];
  if (value === undefined) throw new RangeError(`the size symbol ${size.symbol} has no value`);
  return (size.p.n * value * size.q.d + size.q.n * size.p.d) / (size.p.d * size.q.d);
}

export const evaluateShape = (shape: Shape, bindings: Bindings): Extents =>
  shape.map((size) => evaluateSize(size, bindings));

const fraction = (r: Rational): string => (r.d === 1 ? `${r.n}` : `${r.n}/${r.d}`);

/** `H`, `2H`, `H/2`, `3H/2 + 12`, `64`: the form readers see and `parseSize` reads back. */
export function printSize({ symbol, p, q }: Size): string {
  if (symbol === null) return fraction(q);
  const factor = p.n === 1 ? '' : p.n === -1 ? '-' : `${p.n}`;
  const head = `${factor}${symbol}${p.d === 1 ? '' : `/${p.d}`}`;
  if (q.n === 0) return head;
  return `${head} ${q.n < 0 ? '-' : '+'} ${fraction({ n: Math.abs(q.n), d: q.d })}`;
}

export const printShape = (shape: Shape): string => `[${shape.map(printSize).join(', ')}]`;

const sizePattern =
  /^(?:(-?\d*)([A-Z]\w*|floor\(.*\))(?:\/(\d+))?(?:\s*([+-])\s*(\d+)(?:\/(\d+))?)?|(-?\d+)(?:\/(\d+))?)$/;

/** Reads what `printSize` wrote; undefined where it is no size. */
export function parseSize(text: string): Size | undefined {
  const match = sizePattern.exec(text.trim());
  if (!match) return undefined;
  const [, factor, symbol, divisor, sign, q, qDivisor, constant, constantDivisor] = match;
  if (symbol === undefined) {
    return affine(null, zero, rational(Number(constant), Number(constantDivisor ?? 1)));
  }
  const n = factor === '' ? 1 : factor === '-' ? -1 : Number(factor);
  const offset = rational((sign === '-' ? -1 : 1) * Number(q ?? 0), Number(qDivisor ?? 1));
  return affine(symbol, rational(n, Number(divisor ?? 1)), offset);
}

const inside = new Map<string, Size | undefined>();

/** What the symbol `floor(H/2)` rounds down, `H/2`; undefined for the symbol of an input. */
export function roundedIn(symbol: string | null): Size | undefined {
  if (!symbol?.startsWith('floor(')) return undefined;
  if (!inside.has(symbol)) inside.set(symbol, parseSize(symbol.slice('floor('.length, -1)));
  return inside.get(symbol);
}

/** Of an image, in pixels. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}
