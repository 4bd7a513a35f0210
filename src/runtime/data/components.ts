/** Which pixels touch: by their sides (4), or by their corners too (8). */
export type Connectivity = 4 | 8;

/** The connected regions of a set of pixels. */
export interface Components {
  /** By pixel the number of its region, from 1 in the order of their first pixels, row by row; 0 outside the set. */
  readonly of: Int32Array;
  /** By number how many pixels a region has; 0 for the number 0. */
  readonly sizes: readonly number[];
  /** By number whether a region has a pixel at the edge of the image. */
  readonly atEdge: readonly boolean[];
}

/** The connected regions of the pixels that are not 0 in `inside`, of `width` by `height`. */
export function componentsOf(
  inside: Uint8Array,
  width: number,
  height: number,
  connectivity: Connectivity,
): Components {
  const of = new Int32Array(inside.length);
  const [sizes, atEdge] = [[0], [false]];
  const waiting = new Int32Array(inside.length);
  const steps = stepsOf(connectivity);
  for (let first = 0; first < inside.length; first++) {
    if (inside[first] === 0 || of[first] !== 0) continue;
    const number = sizes.length;
    let [size, edge] = [0, false];
    waiting[0] = first;
    of[first] = number;
    for (let length = 1; size < length; size++) {
      const pixel = waiting[size]!;
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      edge ||= x === 0 || y === 0 || x === width - 1 || y === height - 1;
      for (const [dx, dy] of steps) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const other = pixel + dy * width + dx;
        if (inside[other] === 0 || of[other] !== 0) continue;
        of[other] = number;
        waiting[length++] = other;
      }
    }
    sizes.push(size);
    atEdge.push(edge);
  }
  return { of, sizes, atEdge };
}

const sides = [
  [0, -1],
  [-1, 0],
  [1, 0],
  [0, 1],
] as const;
const corners = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

const stepsOf = (connectivity: Connectivity) =>
  connectivity === 4 ? sides : [...sides, ...corners];
