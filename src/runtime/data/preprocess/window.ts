import type { Frame } from '../sample.js';

export interface WindowOptions {
  /** What becomes 0, and what becomes 255; both in the image's own unit, as Hounsfield's. */
  readonly low: number;
  readonly high: number;
}

/** Clips values to `low` and `high` and spreads what lies between over 0 to 255. */
export function window<T extends Frame>(frame: T, { low, high }: WindowOptions): T {
  const scale = 255 / (high - low);
  const data = frame.image.data.map(
    (value) => (Math.min(high, Math.max(low, value)) - low) * scale,
  );
  return { ...frame, image: { ...frame.image, data } };
}
