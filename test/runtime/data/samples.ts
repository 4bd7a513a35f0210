import type { Seen } from '../../../src/runtime/data/preprocess.js';
import type { Sample } from '../../../src/runtime/data/sample.js';

/** One row of pixels by their values. */
export const rowOf = (values: number[], fov: number[] | null = null, channels = 1): Sample => {
  const size = { width: values.length / channels, height: 1 };
  return {
    id: '07',
    image: { ...size, channels, data: Float32Array.from(values) },
    mask: { ...size, data: new Uint8Array(size.width) },
    fov: fov && { ...size, data: Uint8Array.from(fov) },
  };
};

/** An image of one channel whose values are `value(x, y)`, its mask those above `above`. */
export function drawn(
  width: number,
  height: number,
  value: (x: number, y: number) => number,
  above = 0,
): Sample {
  const at = (i: number): number => value(i % width, Math.floor(i / width));
  const data = Float32Array.from({ length: width * height }, (_, i) => at(i));
  return {
    id: 'x',
    image: { width, height, channels: 1, data },
    mask: { width, height, data: Uint8Array.from(data, (v) => (v > above ? 1 : 0)) },
    fov: null,
  };
}

/** A sample whose values are kept as they are. */
export const asItIs = (sample: Sample): Seen => {
  const of = (value: number): number[] => Array(sample.image.channels).fill(value);
  return { sample, scaling: { mean: of(0), deviation: of(1) } };
};
