import type { Mask } from './sample.js';

/** Whether pixels that touch at a corner alone are connected: 8, or 4 where they are not. */
export type Connectivity = 4 | 8;

/** The connected parts of the pixels that are `value`, in the order of their first pixels. */
export interface Components {
  /** Of each pixel its part, from 1; 0 elsewhere. */
  readonly labels: Int32Array;
  /** How many pixels each part has; of part 0 nothing is counted. */
  readonly sizes: readonly number[];
}

export function componentsOf(
  { width, height, data }: Mask,
  connectivity: Connectivity,
  value = 1,
): Components {
  const labels = new Int32Array(width * height);
  const sizes = [0];
  const pending = new Int32Array(width * height);
  for (let start = 0; start < labels.length; start++) {
    if (data[start] !== value || labels[start] !== 0) continue;
    const label = sizes.length;
    let count = 1;
    let size = 0;
    pending[0] = start;
    labels[start] = label;
    while (count > 0) {
      const pixel = pending[--count];
      size++;
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      for (const [dx, dy] of connectivity === 4 ? sides : around) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const next = pixel + dy * width + dx;
        if (data[next] !== value || labels[next] !== 0) continue;
        labels[next] = label;
        pending[count++] = next;
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
}

const sides = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
const around = [...sides, [1, 1], [1, -1], [-1, 1], [-1, -1]] as const;
