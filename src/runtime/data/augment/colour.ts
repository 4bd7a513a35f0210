import type { Colouring } from '../../experiments/options/augment.js';
import type { Random } from '../random.js';
import { fillNormal } from './noise.js';

/** How one patch's values change. */
interface Change {
  readonly contrast: number;
  readonly brightness: number;
  /** By channel. */
  readonly gains: readonly number[];
  readonly exponent: number;
  readonly seed: number;
}

/** A factor of 1 / (1 + amount) to 1 + amount, evenly on its logarithm. */
export const factor = (random: Random, amount: number): number =>
  Math.exp(random.between(-1, 1) * Math.log1p(amount));

/** All are drawn, whatever is used, so that one amount set to 0 leaves the others as they were. */
function drawn(options: Colouring, channels: number, random: Random): Change {
  const contrast = factor(random, options.contrast);
  const brightness = 255 * options.brightness * random.between(-1, 1);
  const three = [0, 1, 2].map(() => factor(random, options.colour));
  const exponent = factor(random, options.gamma);
  const seed = random.below(2 ** 32);
  // Channels that are no colours have no gains of their own.
  const gains = channels === 3 ? three : Array<number>(channels).fill(1);
  return { contrast, brightness, gains, exponent, seed };
}

/**
 * Changes the values of one patch, [pixels, channels] of 0 to 255, in place: contrast about the mean of the pixels that
 * count, brightness, gains of channels, gamma, noise. Values may leave 0 to 255; gamma takes those below 0 for 0.
 * @param inside which pixels count; the others are left
 */
export function colourPatch(
  patch: Float32Array,
  inside: Uint8Array,
  options: Colouring,
  random: Random,
): void {
  const channels = patch.length / inside.length;
  const { contrast, brightness, gains, exponent, seed } = drawn(options, channels, random);
  const shift = brightness + meanInside(patch, inside) * (1 - contrast);
  const noise = new Float32Array(options.noise > 0 ? patch.length : 0);
  fillNormal(noise, seed);
  const strength = 255 * options.noise;
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    for (let c = 0; c < channels; c++) {
      const at = i * channels + c;
      let value = (patch[at]! * contrast + shift) * gains[c]!;
      if (options.gamma > 0) value = 255 * (Math.max(0, value) / 255) ** exponent;
      patch[at] = options.noise > 0 ? value + strength * noise[at]! : value;
    }
  }
}

function meanInside(patch: Float32Array, inside: Uint8Array): number {
  const channels = patch.length / inside.length;
  let [sum, count] = [0, 0];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    for (let c = 0; c < channels; c++) sum += patch[i * channels + c]!;
    count += channels;
  }
  return sum / Math.max(count, 1);
}
