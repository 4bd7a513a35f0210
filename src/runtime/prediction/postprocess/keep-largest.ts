import { componentsOf } from '../../data/components.js';
import { classesIn, pixelsOf } from './label-map.js';

/**
 * Of each foreground class its largest connected region; the others become background. Pixels are connected by sides and
 * corners (8). Of regions of one size the one whose first pixel, row by row, comes first stays.
 */
export function keepLargest(labels: Uint8Array, width: number, height: number): Uint8Array {
  const kept = labels.slice();
  for (const label of classesIn(labels)) {
    const { of, sizes } = componentsOf(pixelsOf(labels, label), width, height, 8);
    const largest = sizes.reduce((best, size, n) => (size > sizes[best]! ? n : best), 0);
    for (let i = 0; i < kept.length; i++) if (of[i]! > 0 && of[i] !== largest) kept[i] = 0;
  }
  return kept;
}
