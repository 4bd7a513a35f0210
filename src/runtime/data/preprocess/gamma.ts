import type { Sample } from '../sample.js';

/** 255 (v / 255)^exponent of each value, clipped to 0 to 255 before: above 1 darker, below 1 lighter. */
export function gamma(sample: Sample, exponent: number): Sample {
  const data = sample.image.data.map(
    (value) => 255 * (Math.min(255, Math.max(0, value)) / 255) ** exponent,
  );
  return { ...sample, image: { ...sample.image, data } };
}
