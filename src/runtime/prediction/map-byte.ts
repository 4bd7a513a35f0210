// A probability map is a picture: a byte a pixel, 255 times its probability, rounded.

/** The byte that a probability becomes. */
export const byteOf = (probability: number): number => Math.round(probability * 255);

/** The least probability of a byte: the pixels of this byte and more are exactly those of this probability and more. */
export const thresholdOf = (byte: number): number => (byte - 0.5) / 255;

/** The byte, not 0, whose threshold is nearest. */
export const nearestByte = (threshold: number): number =>
  Math.min(255, Math.max(1, Math.round(threshold * 255 + 0.5)));
