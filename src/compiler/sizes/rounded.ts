import { greatest, multiplyRational, one, rational, SizeRangeError, zero } from './rational.js';
import { fixed, plus, printSize, roundedIn, type Size, sumOf, times } from './size.js';

/** Roundings inside each other that are told apart. Strides one after the other are one rounding, so that few networks have two. */
const most = 16;

/**
 * The greatest whole number that is not above a size (sizes-5): itself where it is always whole. Throws `SizeRangeError` where
 * too many roundings stand inside each other.
 */
export function floorOf(size: Size): Size {
  const { symbol, p, q } = size;
  const whole = Math.floor(q.n / q.d);
  if (symbol === null) return fixed(whole);
  if (p.d === 1) return plus(times({ symbol, p: one, q: zero }, p.n), whole);
  const rest = plus(size, -whole);
  const inner = roundedIn(symbol);
  // floor((floor(x) + k) / m) is floor((x + k) / m), for whole k and m.
  const plain = inner && p.n === 1 && p.d % q.d === 0 ? replaced(rest, inner) : undefined;
  if (plain) return plus(floorOf(plain), whole);
  if (symbol.split('floor(').length > most) throw new SizeRangeError();
  return { symbol: `floor(${printSize(rest)})`, p: one, q: rational(whole) };
}

/** The symbol of an input that a size comes from; null for a constant. */
export function baseOf({ symbol }: Size): string | null {
  const inner = roundedIn(symbol);
  return inner ? baseOf(inner) : symbol;
}

/**
 * The sizes that have to be whole where `size` has to: itself or, of one that was rounded down, the size before the
 * rounding, and what is made of that. This asks for more than is needed: H/2, rounded down and halved, is whole for
 * H = 4k + 1 too, and H = 4k is asked for. Throws `SizeRangeError`.
 */
export function wholeFor(size: Size): readonly Size[] {
  // All of a level have one symbol. Those that are equal are one: unmerged, they double with each level.
  let level: readonly Size[] = [size];
  for (let inner = roundedIn(size.symbol); inner; inner = roundedIn(inner.symbol)) {
    const below = new Map<string, Size>();
    for (const each of level) {
      const plain = replaced(each, inner);
      for (const one of plain ? [inner, plain] : [inner]) below.set(printSize(one), one);
    }
    level = [...below.values()];
  }
  return level;
}

/**
 * The least value of an input's symbol that makes `size` 1 or more, `greatest` where it is beyond that; undefined where that is
 * no matter of a symbol.
 */
export function leastFor(size: Size): number | undefined {
  const { symbol, p, q } = size;
  if (symbol === null || p.n <= 0) return undefined;
  // p n + q >= 1
  const least = Math.ceil(((q.d - q.n) * p.d) / (q.d * p.n));
  const inner = roundedIn(symbol);
  if (!inner) return Math.min(least, greatest);
  try {
    return leastFor(plus(inner, 1 - least));
  } catch (error) {
    if (error instanceof SizeRangeError) return greatest;
    throw error;
  }
}

/** p x + q for p s + q, s being the symbol. */
function replaced({ p, q }: Size, x: Size): Size | undefined {
  const scaled = { symbol: x.symbol, p: multiplyRational(x.p, p), q: multiplyRational(x.q, p) };
  return sumOf(scaled, { symbol: null, p: zero, q });
}
