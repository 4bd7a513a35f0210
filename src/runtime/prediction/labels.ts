/** How many channels a prediction has: 1 of the foreground, or one a class. */
export const channelsOf = (prediction: Float32Array, pixels: number): number =>
  Math.round(prediction.length / pixels);

/**
 * The predicted class of each pixel: with one channel whether its probability is at least
 * `threshold`, else the class with the greatest, of equal ones the first.
 */
export function labelsOf(prediction: Float32Array, pixels: number, threshold: number): Uint8Array {
  const channels = channelsOf(prediction, pixels);
  const labels = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) {
    if (channels === 1) {
      labels[i] = prediction[i]! >= threshold ? 1 : 0;
      continue;
    }
    let best = 0;
    for (let c = 1; c < channels; c++) {
      if (prediction[i * channels + c]! > prediction[i * channels + best]!) best = c;
    }
    labels[i] = best;
  }
  return labels;
}

/** The probabilities of a foreground class, counted from 1. */
export function probabilitiesOf(
  prediction: Float32Array,
  pixels: number,
  label: number,
): Float32Array {
  const channels = channelsOf(prediction, pixels);
  if (channels === 1) return prediction;
  const own = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) own[i] = prediction[i * channels + label]!;
  return own;
}
