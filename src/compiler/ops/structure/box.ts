import type { Extents } from '../../sizes/size.js';
import { positions, rowStrides } from '../positions.js';

/** Where the elements of the box of `extents` that begins at `begin` lie in a tensor of `shape`, in row-major order. */
export function boxPlaces(shape: Extents, begin: Extents, extents: Extents): Int32Array {
  const strides = rowStrides(shape);
  const first = begin.reduce((sum, index, axis) => sum + index * strides[axis]!, 0);
  return positions(extents, strides).map((place) => first + place);
}
