/** Rows x, y, z of the patient (right, anterior, superior, in the file's unit) over columns i, j, k of the voxels and 1. */
export type Affine = readonly (readonly [number, number, number, number])[];

const directions = [
  ['R', 'L'],
  ['A', 'P'],
  ['S', 'I'],
] as const;

/**
 * Which way each axis of the voxels runs, as three letters: `RAS` where the first runs to the right, the second to the front,
 * the third upwards. Of an oblique axis the nearest direction.
 */
export function orientationOf(affine: Affine): string {
  return [0, 1, 2]
    .map((axis) => {
      const along = affine.map((row) => row[axis]);
      const main = [0, 1, 2].reduce((a, b) => (Math.abs(along[b]!) > Math.abs(along[a]!) ? b : a));
      return directions[main]![along[main]! < 0 ? 1 : 0];
    })
    .join('');
}

const at = (affine: Affine, voxel: readonly number[]): number[] =>
  affine.map((row) => row[0] * voxel[0]! + row[1] * voxel[1]! + row[2] * voxel[2]! + row[3]);

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - b[i]!));

/** How far apart, at most, two grids of one size lie, in voxels of the first. */
export function apartBy(
  a: Affine,
  b: Affine,
  { width, height, slices }: { width: number; height: number; slices: number },
): number {
  const edge = Math.min(
    ...[0, 1, 2].map((axis) => Math.hypot(...a.map((row) => row[axis]!))).filter((n) => n > 0),
  );
  const corners = [0, width - 1].flatMap((x) =>
    [0, height - 1].flatMap((y) => [0, slices - 1].map((z) => [x, y, z])),
  );
  return Math.max(...corners.map((voxel) => distance(at(a, voxel), at(b, voxel)))) / edge;
}
