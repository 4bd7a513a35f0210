import type { Blend } from '../experiments/options/evaluation.js';

/** Of a Gaussian over a tile, as a share of the tile's length. */
const deviation = 1 / 8;

/**
 * The weight of each pixel of a tile of `rows` by `columns`: the same for all, or less towards the
 * edges, where the network sees least around a pixel.
 */
export function blendWeights(blend: Blend, rows: number, columns: number): Float32Array {
  if (blend === 'uniform') return new Float32Array(rows * columns).fill(1);
  const [vertical, horizontal] = [rows, columns].map(bell);
  const weights = new Float32Array(rows * columns);
  for (let i = 0; i < weights.length; i++) {
    weights[i] = vertical![Math.floor(i / columns)]! * horizontal![i % columns]!;
  }
  return weights;
}

function bell(length: number): Float64Array {
  const middle = (length - 1) / 2;
  return new Float64Array(length).map((_, i) =>
    Math.exp(-0.5 * ((i - middle) / (length * deviation)) ** 2),
  );
}
