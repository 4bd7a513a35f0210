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

export function rational(n: number, d = 1): Rational {
  const divisor = (d < 0 ? -1 : 1) * (gcd(n, d) || 1);
  return { n: n / divisor, d: d / divisor };
}

export const zero = rational(0);
export const one = rational(1);

export const addRational = (a: Rational, b: Rational): Rational =>
  rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const multiplyRational = (a: Rational, b: Rational): Rational =>
  rational(a.n * b.n, a.d * b.d);
export const divideRational = (a: Rational, b: Rational): Rational =>
  rational(a.n * b.d, a.d * b.n);
export const sameRational = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
