import type { Graph, Value } from '../../compiler/ir/graph.js';
import { fixedValue, roundedIn, type Size } from '../../compiler/sizes/size.js';

/** How the cells of a map lie along an axis of a tile: `count = perPixel * pixels - lost`. */
export interface Axis {
  readonly perPixel: number;
  /** What convolutions without padding took, in cells, half of it at each end. */
  readonly lost: number;
}

/** How the cells of a map lie over a tile. */
export interface Cells {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly channels: number;
}

/**
 * How the cells of `value` lie over the graph's image; null where it is no map of it: it has no height and width, as what is pooled
 * over the whole tile, or covers less of a tile than the prediction does, which is `margin` pixels narrower on each side.
 */
export function cellsOf({ inputs }: Graph, { type }: Value, margin: number): Cells | null {
  const [batch, height, width] = inputs[0]!.value.type.shape;
  const [count, h, w, depth] = type.shape;
  if (type.dtype !== 'float' || type.shape.length !== 4) return null;
  const channels = fixedValue(depth!);
  const rows = axisOf(h!, height!, margin);
  const columns = axisOf(w!, width!, margin);
  const isOneEach = count!.symbol === batch!.symbol && sameFactor(count!, batch!);
  return rows && columns && isOneEach && channels !== undefined
    ? { rows, columns, channels }
    : null;
}

const sameFactor = (a: Size, b: Size): boolean =>
  a.p.n / a.p.d === b.p.n / b.p.d && a.q.n / a.q.d === b.q.n / b.q.d;

function axisOf(size: Size, of: Size, margin: number): Axis | null {
  const unrounded = throughRounding(size);
  if (size.symbol === null || unrounded.symbol !== of.symbol) return null;
  const { perPixel, lost } = unrounded;
  return perPixel > 0 && lost <= 2 * margin * perPixel ? { perPixel, lost } : null;
}

/** A size as if nothing in it were rounded down: where a tile divides evenly, nothing is. */
function throughRounding({ symbol, p, q }: Size): Axis & { readonly symbol: string | null } {
  const [factor, offset] = [p.n / p.d, q.n / q.d];
  const inside = roundedIn(symbol);
  if (!inside) return { symbol, perPixel: factor, lost: 0 - offset };
  const inner = throughRounding(inside);
  return {
    symbol: inner.symbol,
    perPixel: factor * inner.perPixel,
    lost: factor * inner.lost - offset,
  };
}

/** The cell over the middle of each pixel of a tile's prediction, which begins `margin` pixels inside the tile. */
export function cellsOver(
  { perPixel, lost }: Axis,
  pixels: number,
  margin: number,
  count: number,
): Int32Array {
  const first = margin - lost / perPixel / 2;
  return new Int32Array(pixels).map((_, i) =>
    // Sums of fractions may be off by their last bit at the edges.
    Math.min(Math.max(Math.floor((first + i + 0.5) * perPixel), 0), count - 1),
  );
}
