import { InputError } from '../errors.js';
import { purposes, type Random, randomOf } from './random.js';
import type { Sample } from './sample.js';

export interface Augmentation {
  /** Mirrors a patch left to right, half of the time. */
  readonly flips: boolean;
  /** Turns a patch by a multiple of 90 degrees. */
  readonly quarterTurns: boolean;
}

export interface PatchOptions {
  readonly batch: number;
  /** Height and width of a patch as the network takes it. */
  readonly size: number;
  /** How many pixels narrower on each side the network's output is; 0 where convolutions pad. */
  readonly margin: number;
  /** 1: the target is the mask; else it is one-hot over so many classes. */
  readonly classes?: number;
  readonly augment: Augmentation;
  readonly seed: number;
}

/**
 * `image` is [batch, size, size, channels]; `target` and `weight` are [batch, size - 2 margin, size
 * - 2 margin, classes or 1].
 */
export interface Batch {
  readonly image: Float32Array;
  readonly target: Float32Array;
  /** 1 inside the field of view, else 0. */
  readonly weight: Float32Array;
}

/**
 * Patches of square `size` with their middle in the field of view, each image as likely as another.
 * The batch of a step depends on seed and step alone, so a run can go on from any step. Throws
 * `InputError` where no patch fits an image.
 */
export function patchSampler(
  samples: readonly Sample[],
  options: PatchOptions,
): (step: number) => Batch {
  const corners = samples.map((sample) => cornersOf(sample, options.size));
  const { batch, size, margin, augment, seed, classes = 1 } = options;
  const inner = size - 2 * margin;
  const channels = samples[0]?.image.channels ?? 0;
  return (step) => {
    const image = new Float32Array(batch * size * size * channels);
    const target = new Float32Array(batch * inner * inner * classes);
    const weight = new Float32Array(batch * inner * inner);
    for (let b = 0; b < batch; b++) {
      const random = randomOf(seed, purposes.patches, step, b);
      const which = random.below(samples.length);
      const sample = samples[which];
      const places = corners[which];
      const corner = places[random.below(places.length)];
      const pixels = pixelsOf(corner, sample.image.width, size, augment, random);
      copyImage(sample, pixels, image.subarray(b * pixels.length * channels));
      for (let i = 0; i < inner * inner; i++) {
        const row = margin + Math.floor(i / inner);
        const pixel = pixels[row * size + margin + (i % inner)];
        const at = b * inner * inner + i;
        if (classes === 1) target[at] = sample.mask.data[pixel];
        else target[at * classes + sample.mask.data[pixel]] = 1;
        weight[at] = sample.fov ? sample.fov.data[pixel] : 1;
      }
    }
    return { image, target, weight };
  };
}

/**
 * Offsets of the upper left pixels of all patches that lie in the image and are centred in the
 * field of view.
 */
function cornersOf({ id, image: { width, height }, fov }: Sample, size: number): Uint32Array {
  if (size > width || size > height) {
    throw new InputError(
      `patches of ${size}x${size} do not fit image ${id} of ${width}x${height}: set patch to ${Math.min(width, height)} or less`,
    );
  }
  const corners: number[] = [];
  const half = Math.floor(size / 2);
  for (let y = 0; y + size <= height; y++) {
    for (let x = 0; x + size <= width; x++) {
      if (!fov || fov.data[(y + half) * width + x + half] === 1) corners.push(y * width + x);
    }
  }
  if (corners.length === 0) {
    throw new InputError(`no patch of ${size}x${size} is centred in the field of view of ${id}`);
  }
  return Uint32Array.from(corners);
}

/** The offsets of a patch's pixels in its image, in the order of the flipped and turned patch. */
function pixelsOf(
  corner: number,
  width: number,
  size: number,
  augment: Augmentation,
  random: Random,
): Uint32Array {
  const flipped = augment.flips && random.below(2) === 1;
  const turns = augment.quarterTurns ? random.below(4) : 0;
  const pixels = new Uint32Array(size * size);
  for (let i = 0; i < pixels.length; i++) {
    let [y, x] = [Math.floor(i / size), i % size];
    for (let turn = 0; turn < turns; turn++) [y, x] = [x, size - 1 - y];
    pixels[i] = corner + y * width + (flipped ? size - 1 - x : x);
  }
  return pixels;
}

function copyImage({ image }: Sample, pixels: Uint32Array, out: Float32Array): void {
  const { channels, data } = image;
  let at = 0;
  for (const pixel of pixels) {
    for (let c = 0; c < channels; c++) out[at++] = data[pixel * channels + c];
  }
}
