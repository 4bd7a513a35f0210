import type { Extents } from '../sizes/size.js';

/** How far one step along each axis goes in row-major data. */
export function rowStrides(shape: Extents): readonly number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  }
  return strides;
}

/** For each row-major position of `shape`, the place in data with `strides`; a stride of 0 stays where it is. */
export function positions(shape: Extents, strides: readonly number[]): Int32Array {
  let places = Int32Array.of(0);
  shape.forEach((extent, axis) => {
    const next = new Int32Array(places.length * extent);
    places.forEach((place, i) => {
      for (let j = 0; j < extent; j++) next[i * extent + j] = place + j * strides[axis]!;
    });
    places = next;
  });
  return places;
}
