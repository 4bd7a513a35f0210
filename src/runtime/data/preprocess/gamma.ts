import type { Frame } from '../sample.js';

/** 255 (v / 255)^exponent of each value, clipped to 0 to 255 before: above 1 darker, below 1 lighter. */
export function gamma<T extends Frame>(frame: T, exponent: number): T {
  const data = frame.image.data.map(
    (value) => 255 * (Math.min(255, Math.max(0, value)) / 255) ** exponent,
  );
  return { ...frame, image: { ...frame.image, data } };
}
