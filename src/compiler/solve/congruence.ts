import { gcd, greatest, SizeRangeError } from '../sizes/rational.js';
import type { Residue } from '../sizes/residue.js';
import type { SizeDemand } from './solve.js';

/** The residue that one demand asks for. */
export interface Congruence extends Residue {
  readonly demand: SizeDemand;
}

/** The numbers n for which p n + q is whole; undefined where there are none. Throws `SizeRangeError` where they are too far apart. */
export function congruenceOf(demand: SizeDemand): Congruence | undefined {
  const { symbol, p, q } = demand.size;
  if (symbol === null) return undefined;
  // Times the common denominator m: a n + b = 0 modulo m.
  const modulus = bounded((p.d / gcd(p.d, q.d)) * q.d);
  const a = product(p.n, modulus / p.d, modulus);
  const b = product(q.n, modulus / q.d, modulus);
  const common = gcd(a, modulus);
  if (b % common !== 0) return undefined;
  const reduced = modulus / common;
  const remainder = product(-b / common, inverse(wrap(a / common, reduced), reduced), reduced);
  return { symbol, modulus: reduced, remainder, demand };
}

/** Whether some number is held by both residues. */
export const agree = (a: Residue, b: Residue): boolean =>
  (b.remainder - a.remainder) % gcd(a.modulus, b.modulus) === 0;

/**
 * The numbers that both residues hold (Chinese remainder theorem); undefined where there are none. Throws `SizeRangeError` where
 * they are too far apart.
 */
export function both(a: Residue, b: Residue): Residue | undefined {
  if (!agree(a, b)) return undefined;
  const common = gcd(a.modulus, b.modulus);
  const rest = b.modulus / common;
  const modulus = bounded(a.modulus * rest);
  const apart = (b.remainder - a.remainder) / common;
  const steps = product(apart, inverse(wrap(a.modulus / common, rest), rest), rest);
  const remainder = wrap(a.remainder + a.modulus * steps, modulus);
  return { symbol: a.symbol, modulus, remainder };
}

/** As `both`; undefined too where they are too far apart. */
export function bothInRange(a: Residue, b: Residue): Residue | undefined {
  try {
    return both(a, b);
  } catch (error) {
    if (error instanceof SizeRangeError) return undefined;
    throw error;
  }
}

function bounded(modulus: number): number {
  if (modulus > greatest) throw new SizeRangeError();
  return modulus;
}

/** a b modulo m, exactly, where the product itself is more than a number holds. */
const product = (a: number, b: number, m: number): number =>
  wrap(Number((BigInt(a) * BigInt(b)) % BigInt(m)), m);

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
