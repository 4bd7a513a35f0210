/** A line through points, with what belongs to each. */
export interface Polyline {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly values: readonly (number | null)[];
}

/** A stretch between two kept points, and the point between them that lies farthest off it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly farthest: number;
  /** Of the triangle that the three make: what leaving the point out moves. */
  readonly area: number;
}

/**
 * At most `most` of the line's points, both ends and those of the numbers in `always` among them. As Ramer, Douglas and Peucker do, it
 * adds the point that lies farthest off its stretch, first where that encloses the largest triangle.
 */
export function thinned(line: Polyline, most: number, always: readonly number[] = []): Polyline {
  const { xs, ys, values } = line;
  if (xs.length <= most) return line;
  const kept = [...new Set([0, ...always, xs.length - 1])].sort((a, b) => a - b);
  const queue: Stretch[] = [];
  const add = (from: number, to: number): void => {
    if (to - from > 1) insert(queue, stretchOf(line, from, to));
  };
  for (const [i, to] of kept.entries()) if (i > 0) add(kept[i - 1]!, to);
  while (kept.length < most) {
    const widest = queue.pop();
    if (!widest || widest.area === 0) break;
    kept.push(widest.farthest);
    add(widest.from, widest.farthest);
    add(widest.farthest, widest.to);
  }
  kept.sort((a, b) => a - b);
  const pick = <T>(all: readonly T[]): T[] => kept.map((i) => all[i]!);
  return { xs: pick(xs), ys: pick(ys), values: pick(values) };
}

function stretchOf({ xs, ys }: Polyline, from: number, to: number): Stretch {
  const [dx, dy] = [xs[to]! - xs[from]!, ys[to]! - ys[from]!];
  let [farthest, area] = [from + 1, -1];
  for (let i = from + 1; i < to; i++) {
    const own = Math.abs(dx * (ys[i]! - ys[from]!) - dy * (xs[i]! - xs[from]!)) / 2;
    if (own > area) [farthest, area] = [i, own];
  }
  return { from, to, farthest, area };
}

/** Keeps the largest area last. */
function insert(queue: Stretch[], stretch: Stretch): void {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (queue[middle]!.area < stretch.area) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, stretch);
}
