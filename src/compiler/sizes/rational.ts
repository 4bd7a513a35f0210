/** The greatest size, numerator and denominator: what engines count extents in has 32 bits. */
export const greatest = 2 ** 31 - 1;

/** A size beyond `greatest`, of which nothing more can be computed exactly. */
export class SizeRangeError extends RangeError {
  constructor() {
    super(`a size grows past ${greatest}`);
  }
}

/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly n: number;
  readonly d: number;
}

export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** Throws `SizeRangeError` where it cannot be held exactly, or is beyond `greatest`. */
export function rational(n: number, d = 1): Rational {
  // Of what is not exact, or not finite, there is no greatest common divisor.
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) throw new SizeRangeError();
  const divisor = (d < 0 ? -1 : 1) * (gcd(n, d) || 1);
  const [numerator, denominator] = [n / divisor, d / divisor];
  if (Math.abs(numerator) > greatest || denominator > greatest) throw new SizeRangeError();
  return { n: numerator, d: denominator };
}

export const zero = rational(0);
export const one = rational(1);

/** Over the least common denominator, so that no step is larger than the result needs. */
export function addRational(a: Rational, b: Rational): Rational {
  const common = gcd(a.d, b.d) || 1;
  return rational(a.n * (b.d / common) + b.n * (a.d / common), (a.d / common) * b.d);
}

export const multiplyRational = (a: Rational, b: Rational): Rational =>
  rational(a.n * b.n, a.d * b.d);
export const divideRational = (a: Rational, b: Rational): Rational =>
  rational(a.n * b.d, a.d * b.n);
export const sameRational = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
