import { addRational, divideRational, gcd, multiplyRational } from '../../sizes/rational.js';
import { fixedValue, roundedIn, type Size, sameSize, symbolic } from '../../sizes/size.js';
import { py } from './python/parse.js';
import { type Expression, number } from './python/tree.js';

/** A size that Python can read: `image.shape[2]`. */
interface Known {
  readonly code: Expression;
  readonly size: Size;
}

/** Whether `size` can be computed from `known`: it is over the same symbol, or rounds down what is. */
export function tells(known: Size, size: Size): boolean {
  const inner = roundedIn(size.symbol);
  const same = size.symbol === null || known.symbol === size.symbol;
  return same || (inner !== undefined && tells(known, inner));
}

/** `size`, rounded down, from the nearest of `known`; undefined where none tells it. */
export function sizeFrom(known: readonly Known[], size: Size): Expression | undefined {
  const constant = fixedValue(size);
  if (constant !== undefined) return number(Math.floor(constant));
  const over = known.filter((one) => one.size.symbol === size.symbol);
  const from = over.find((one) => sameSize(one.size, size)) ?? over[0];
  if (from) return scaled(from, size);
  const inner = roundedIn(size.symbol);
  const code = inner && sizeFrom(known, inner);
  return code && scaled({ code, size: symbolic(size.symbol!) }, size);
}

/** `(factor * from + offset) // divisor`, with the least divisor. */
function scaled(from: Known, { p, q }: Size): Expression {
  const ratio = divideRational(p, from.size.p);
  const taken = multiplyRational(ratio, from.size.q);
  const rest = addRational(q, { n: -taken.n, d: taken.d });
  const divisor = (ratio.d * rest.d) / gcd(ratio.d, rest.d);
  const factor = (ratio.n * divisor) / ratio.d;
  const offset = (rest.n * divisor) / rest.d;
  const product = factor === 1 ? from.code : py`${from.code} * ${factor}`;
  const sum = offset > 0 ? py`${product} + ${offset}` : py`${product} - ${-offset}`;
  const moved = offset === 0 ? product : sum;
  return divisor === 1 ? moved : py`${moved} // ${divisor}`;
}
