import { componentsOf } from '../../data/components.js';
import { classesIn, pixelsOf } from './label-map.js';

/**
 * Fills the holes of each foreground class. A hole is a region of pixels of other classes or of none, connected by sides
 * (4), that does not reach the edge of the image; its background becomes of the class, other classes in it stay. A pixel
 * in holes of several classes goes to the class whose hole is smallest, the ring next to it; of equal ones to the lowest.
 */
export function fillHoles(labels: Uint8Array, width: number, height: number): Uint8Array {
  const filled = labels.slice();
  const smallest = new Int32Array(labels.length).fill(labels.length + 1);
  for (const label of classesIn(labels)) {
    const others = pixelsOf(labels, label).map((own) => 1 - own);
    const { of, sizes, atEdge } = componentsOf(others, width, height, 4);
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] !== 0 || atEdge[of[i]!] || sizes[of[i]!]! >= smallest[i]!) continue;
      smallest[i] = sizes[of[i]!]!;
      filled[i] = label;
    }
  }
  return filled;
}
