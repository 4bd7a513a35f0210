import { hash32, philox } from '../ops/philox.js';
import type { Initializer } from './initializer.js';

/** Weights draw from a stream that no step of `dropoutMask` reaches: its last word of the counter is 0. */
const stream = [0, 1] as const;

/** The middle of one of 2^32 equal parts of (0, 1), so that neither end is ever drawn. */
const uniform = (word: number): number => (word + 0.5) / 2 ** 32;

/**
 * How a variable of `shape` starts. The values depend on `seed` (32 bits), `path` and `shape` alone, so that they are
 * the same on every engine and whatever else the network has (paths-3).
 */
export function initialValues(
  initializer: Initializer,
  path: string,
  shape: readonly number[],
  seed: number,
): Float32Array {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  if (initializer.kind === 'constant') return values.fill(initializer.value);
  if (initializer.kind === 'bilinear') return bilinear(values, shape, initializer.factors);
  const { kind, scale } = initializer;
  const words = philox([seed >>> 0, hash32(path)], stream, values.length + (values.length % 2));
  if (kind === 'uniform') return values.map((_, i) => scale * (2 * uniform(words[i]!) - 1));
  // Box and Muller 1958: two uniform numbers make two normal ones.
  for (let i = 0; i < values.length; i += 2) {
    const radius = scale * Math.sqrt(-2 * Math.log(uniform(words[i]!)));
    const angle = 2 * Math.PI * uniform(words[i + 1]!);
    values[i] = radius * Math.cos(angle);
    values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}

/**
 * Bilinear interpolation as the kernel `[height, width, channels, input channels]` of a transposed convolution, each
 * channel from its own (Long et al. 2015): along an axis a triangle, `1 - |tap - centre| / factor`.
 */
function bilinear(
  values: Float32Array,
  [rows, columns, channels, inputs]: readonly number[],
  factors: readonly [number, number],
): Float32Array {
  const along = (taps: number, factor: number) => (tap: number) =>
    Math.max(0, 1 - Math.abs(tap - (taps - 1) / 2) / factor);
  const [vertical, horizontal] = [along(rows!, factors[0]), along(columns!, factors[1])];
  for (let tap = 0; tap < rows! * columns!; tap++) {
    const weight = vertical(Math.floor(tap / columns!)) * horizontal(tap % columns!);
    for (let c = 0; c < channels!; c++) values[(tap * channels! + c) * inputs! + c] = weight;
  }
  return values;
}
