/** Both steps on a mask of one class by other means: as scipy.ndimage defines them, grown until nothing changes. */

type Neighbours = readonly (readonly [number, number])[];
const sides: Neighbours = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
];
const all: Neighbours = [...sides, [1, 1], [1, -1], [-1, 1], [-1, -1]];

/** Every pixel of `within` that a chain of neighbours in `within` joins to `seeds`: binary_propagation. */
function propagated(
  seeds: Uint8Array,
  within: Uint8Array,
  width: number,
  height: number,
  neighbours: Neighbours,
): Uint8Array {
  const grown = seeds.map((seed, i) => seed & within[i]!);
  for (let changed = true; changed; ) {
    changed = false;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        if (grown[i] === 1 || within[i] === 0) continue;
        const touched = neighbours.some(([dy, dx]) => {
          const [v, u] = [y + dy, x + dx];
          return v >= 0 && v < height && u >= 0 && u < width && grown[v * width + u] === 1;
        });
        if (touched) [grown[i], changed] = [1, true];
      }
    }
  }
  return grown;
}

const count = (mask: Uint8Array): number => mask.reduce((sum, pixel) => sum + pixel, 0);

/** `label(mask, ones((3, 3)))`, then the label that occurs most; of equal ones the lowest. */
export function largestByLabel(mask: Uint8Array, width: number, height: number): Uint8Array {
  let rest: Uint8Array = mask;
  let largest: Uint8Array = new Uint8Array(mask.length);
  while (rest.includes(1)) {
    const seed = new Uint8Array(mask.length);
    seed[rest.indexOf(1)] = 1;
    const region = propagated(seed, mask, width, height, all);
    if (count(region) > count(largest)) largest = region;
    rest = rest.map((pixel, i) => pixel & (1 - region[i]!));
  }
  return largest;
}

/** `binary_fill_holes(mask)`: all but what joins the outside by sides, through a border of background around the image. */
export function withoutHoles(mask: Uint8Array, width: number, height: number): Uint8Array {
  const [w, h] = [width + 2, height + 2];
  const background = new Uint8Array(w * h).fill(1);
  mask.forEach((pixel, i) => {
    background[(Math.floor(i / width) + 1) * w + (i % width) + 1] = 1 - pixel;
  });
  const corner = new Uint8Array(w * h);
  corner[0] = 1;
  const outside = propagated(corner, background, w, h, sides);
  return mask.map((_, i) => 1 - outside[(Math.floor(i / width) + 1) * w + (i % width) + 1]!);
}
