import { floorOf } from '../../sizes/rounded.js';
import {
  dividedBy,
  type Extents,
  fixed,
  plus,
  type Shape,
  type Size,
  times,
} from '../../sizes/size.js';
import { wantImage } from '../checks.js';
import { ShapeError } from '../definition.js';
import { sizeOf } from '../values.js';

/** An axis, 1 or 2, is divided into `parts` regions. */
export type RegionAttributes = { readonly axis: number; readonly parts: number };

export const regionAttributes = { axis: 'number', parts: 'number' } as const;

/** The shape of `x` with the regions along their axis. */
export function regionShape(x: Shape, { axis, parts }: RegionAttributes): Shape {
  wantImage(x, 0);
  if (axis !== 1 && axis !== 2) throw new ShapeError({ kind: 'regionAxis' });
  if (!Number.isInteger(parts) || parts < 1) throw new ShapeError({ kind: 'regions', parts });
  return x.with(axis, fixed(parts));
}

/**
 * The i-th of `parts` regions of an axis (sizes-6), `[start, end)`, as PyTorch's adaptive pooling has it: from
 * floor(i size / parts) to ceil((i + 1) size / parts). Neighbours share an element where the size does not divide, and all
 * elements are in one, be they fewer than the regions.
 */
export const regionOf = (size: Size, parts: number, i: number): readonly [Size, Size] => [
  floorOf(dividedBy(times(size, i), parts)),
  floorOf(dividedBy(plus(times(size, i + 1), parts - 1), parts)),
];

/**
 * Visits the elements of each region in order, `x` of the input and `y` of the output, with how many elements the
 * region has along the axis.
 */
export function forEachInRegions(
  input: Extents,
  { axis, parts }: RegionAttributes,
  visit: (x: number, y: number, count: number) => void,
): void {
  const extent = input[axis]!;
  const inner = sizeOf(input.slice(axis + 1));
  for (let outer = 0; outer < sizeOf(input.slice(0, axis)); outer++) {
    for (let part = 0; part < parts; part++) {
      const start = Math.floor((part * extent) / parts);
      const end = Math.ceil(((part + 1) * extent) / parts);
      for (let at = start; at < end; at++) {
        for (let i = 0; i < inner; i++) {
          visit((outer * extent + at) * inner + i, (outer * parts + part) * inner + i, end - start);
        }
      }
    }
  }
}
