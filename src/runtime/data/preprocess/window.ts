import type { WindowOptions } from '../../experiments/options/preprocess.js';
import type { Frame } from '../sample.js';

/** Clips values to `low` and `high` and spreads what lies between over 0 to 255. */
export function window<T extends Frame>(frame: T, { low, high }: WindowOptions): T {
  const scale = 255 / (high - low);
  const data = frame.image.data.map(
    (value) => (Math.min(high, Math.max(low, value)) - low) * scale,
  );
  return { ...frame, image: { ...frame.image, data } };
}
