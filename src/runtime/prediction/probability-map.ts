import type { Sample } from '../data/sample.js';
import { channelsOf } from './labels.js';
import { byteOf } from './map-byte.js';

/**
 * Probabilities of the foreground, all its classes together, as grey values; 0 outside the field of
 * view, where nothing was trained.
 */
export function probabilityMap({ mask, fov }: Sample, prediction: Float32Array): Uint8Array {
  const channels = channelsOf(prediction, mask.data.length);
  return Uint8Array.from(mask.data, (_, i) => {
    if (fov && fov.data[i] === 0) return 0;
    const foreground = channels === 1 ? prediction[i]! : 1 - prediction[i * channels]!;
    return byteOf(foreground);
  });
}
