import type { Mask } from '../sample.js';

/** The pixels whose centres lie in the convex hull of a mask's pixels. Of an empty mask: empty. */
export function hullOf({ width, height, data }: Mask): Mask {
  const ends = rowEnds(data, width, height);
  const out = new Uint8Array(width * height);
  // The hull's left side is the right one of the mirrored rows.
  const right = outline(ends.map((row) => row && [row.y, row.right]));
  const left = outline(ends.map((row) => row && [row.y, -row.left]));
  for (let y = 0; y < height; y++) {
    const [from, to] = [left(y), right(y)];
    if (from === undefined || to === undefined) continue;
    out.fill(1, y * width + Math.ceil(-from), y * width + Math.floor(to) + 1);
  }
  return { width, height, data: out };
}

/** A row that has pixels, and its first and last of them. */
interface RowEnds {
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

function rowEnds(data: Uint8Array, width: number, height: number): readonly (RowEnds | null)[] {
  return Array.from({ length: height }, (_, y) => {
    const row = data.subarray(y * width, (y + 1) * width);
    const left = row.indexOf(1);
    return left < 0 ? null : { y, left, right: row.lastIndexOf(1) };
  });
}

type Point = readonly [y: number, x: number];

/** Of points in rows from the top down the chain that bulges to the right (Andrew 1979): how far it reaches in a row. */
function outline(points: readonly (Point | null)[]): (y: number) => number | undefined {
  const chain: Point[] = [];
  for (const point of points) {
    if (!point) continue;
    while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
    chain.push(point);
  }
  let n = 0;
  return (y) => {
    if (chain.length === 0 || y < chain[0]![0] || y > chain.at(-1)![0]) return undefined;
    while (n < chain.length - 2 && chain[n + 1]![0] < y) n++;
    const [a, b] = [chain[n], chain[Math.min(n + 1, chain.length - 1)]];
    return b![0] === a![0] ? a![1] : a![1] + ((y - a![0]) * (b![1] - a![1])) / (b![0] - a![0]);
  };
}

/** Above 0 where the chain bulges to the right at `b`, on the way down from `a` to `c`. */
const turn = (a: Point, b: Point, c: Point): number =>
  (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1]);
