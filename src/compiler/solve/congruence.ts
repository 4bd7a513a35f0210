import { gcd } from '../sizes/rational.js';
import type { Residue } from '../sizes/residue.js';
import type { SizeDemand } from './solve.js';

/** The residue that one demand asks for. */
export interface Congruence extends Residue {
  readonly demand: SizeDemand;
}

/** The numbers n for which p n + q is whole; undefined where there are none. */
export function congruenceOf(demand: SizeDemand): Congruence | undefined {
  const { symbol, p, q } = demand.size;
  if (symbol === null) return undefined;
  // Times the common denominator m: a n + b = 0 modulo m.
  const modulus = (p.d / gcd(p.d, q.d)) * q.d;
  const a = p.n * (modulus / p.d);
  const b = q.n * (modulus / q.d);
  const common = gcd(a, modulus);
  if (b % common !== 0) return undefined;
  const reduced = modulus / common;
  const remainder = wrap((-b / common) * inverse(wrap(a / common, reduced), reduced), reduced);
  return { symbol, modulus: reduced, remainder, demand };
}

/** The numbers that both residues hold (Chinese remainder theorem); undefined where there are none. */
export function both(a: Residue, b: Residue): Residue | undefined {
  const common = gcd(a.modulus, b.modulus);
  if ((b.remainder - a.remainder) % common !== 0) return undefined;
  const rest = b.modulus / common;
  const steps =
    ((b.remainder - a.remainder) / common) * inverse(wrap(a.modulus / common, rest), rest);
  const modulus = a.modulus * rest;
  const remainder = wrap(a.remainder + a.modulus * wrap(steps, rest), modulus);
  return { symbol: a.symbol, modulus, remainder };
}

const wrap = (n: number, modulus: number): number => ((n % modulus) + modulus) % modulus;

/** x with a x = 1 modulo m, for a and m without a common divisor; 0 where m is 1. */
function inverse(a: number, m: number): number {
  let [r, next, x, nextX] = [m, a, 0, 1];
  while (next !== 0) {
    const quotient = Math.floor(r / next);
    [r, next] = [next, r - quotient * next];
    [x, nextX] = [nextX, x - quotient * nextX];
  }
  return wrap(x, m);
}
