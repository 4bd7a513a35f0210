/** How a slice, from 0, is named behind its volume: `z07` of up to a hundred slices. */
export const sliceName = (slice: number, slices: number): string =>
  `z${String(slice).padStart(String(slices - 1).length, '0')}`;
