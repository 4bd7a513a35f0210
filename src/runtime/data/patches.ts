import { InputError } from '../errors/errors.js';
import type { Augmentation } from '../experiments/options/augment.js';
import { cutPatch } from './augment/patch.js';
import { emptyPatch } from './augment/resample.js';
import type { Seen } from './preprocess.js';
import { purposes, type Random, randomOf } from './random.js';
import { judged, notJudged, type Sample } from './sample.js';

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
  /** 1 inside the field of view where somebody judged, else 0. */
  readonly weight: Float32Array;
}

/** A training image and where patches of it may be cut. */
export interface TrainingImage extends Seen {
  readonly corners: Corners;
}

/** The training images, each read when it is first asked for. */
export interface TrainingImages {
  readonly count: number;
  at(index: number): Promise<TrainingImage>;
}

/**
 * Patches of square `size` with their middle on a pixel that counts, each image that has one as likely as another.
 * The batch of a step depends on seed and step alone, so a run can go on from any step. Throws
 * what reading an image throws.
 */
export function batchMaker(
  images: TrainingImages,
  options: PatchOptions,
): (step: number) => Promise<Batch> {
  const { batch, size, margin, augment, seed, classes = 1 } = options;
  const inner = size - 2 * margin;
  const draw = drawing(images);
  return async (step) => {
    const drawn: { readonly random: Random; readonly training: TrainingImage }[] = [];
    for (let position = 0; position < batch; position++) {
      const random = randomOf(seed, purposes.patches, step, position);
      drawn.push({ random, training: await draw(random) });
    }
    const { channels } = drawn[0]!.training.sample.image;
    const image = new Float32Array(batch * size * size * channels);
    const target = new Float32Array(batch * inner * inner * classes);
    const weight = new Float32Array(batch * inner * inner);
    const patch = emptyPatch(size, channels);
    for (const [position, { random, training }] of drawn.entries()) {
      const { corners, ...seen } = training;
      const corner = corners.at(random.below(corners.count));
      const { width } = seen.sample.image;
      const [left, top] = [corner % width, Math.floor(corner / width)];
      cutPatch(seen, { left, top, size, seed, step, position }, augment, random, patch);
      image.set(patch.image, position * patch.image.length);
      for (let i = 0; i < inner * inner; i++) {
        const pixel = (margin + Math.floor(i / inner)) * size + margin + (i % inner);
        const at = position * inner * inner + i;
        weight[at] = patch.counts[pixel]!;
        // Not judged: no class, and no weight.
        if (patch.mask[pixel] === notJudged) continue;
        if (classes === 1) target[at] = patch.mask[pixel]!;
        else target[at * classes + patch.mask[pixel]!] = 1;
      }
    }
    return { image, target, weight };
  };
}

/**
 * Draws images that have a patch, each as likely as another: a slice whose field of view is empty is passed over. Rejects with
 * `InputError` where no image has one.
 */
function drawing(images: TrainingImages): (random: Random) => Promise<TrainingImage> {
  const without = new Set<number>();
  return async (random) => {
    while (without.size < images.count) {
      const index = random.below(images.count);
      if (without.has(index)) continue;
      const training = await images.at(index);
      if (training.corners.count > 0) return training;
      without.add(index);
    }
    throw new InputError(
      'no pixel of any training image counts: their fields of view are empty, or nobody judged them',
    );
  };
}

/** Offsets of the upper left pixels of patches. */
export interface Corners {
  readonly count: number;
  at(n: number): number;
  /** What they take of the memory. */
  readonly bytes: number;
}

/**
 * The patches that lie in the image and are centred in the field of view, on a pixel that somebody judged; where no middle
 * can lie there, as in an image of a patch's size, those that come nearest to such pixels; none where no pixel counts. Throws
 * `InputError` where the image is smaller than a patch.
 */
export function cornersOf(sample: Sample, size: number): Corners {
  const {
    id,
    image: { width, height },
  } = sample;
  if (size > width || size > height) {
    throw new InputError(
      `patches of ${size}x${size} do not fit image ${id} of ${width}x${height}: set patch to ${Math.min(width, height)} or less`,
    );
  }
  const [columns, rows] = [width - size + 1, height - size + 1];
  const counts = judged(sample);
  if (!counts) {
    const at = (n: number): number => Math.floor(n / columns) * width + (n % columns);
    return { count: columns * rows, at, bytes: 0 };
  }
  const offsets = new Uint32Array(columns * rows);
  let count = 0;
  const middle = Math.floor(size / 2) * (width + 1);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const corner = y * width + x;
      if (counts[corner + middle] === 1) offsets[count++] = corner;
    }
  }
  if (count > 0) return { count, at: (n) => offsets[n]!, bytes: offsets.byteLength };
  const nearest = nearestCorners(counts, width, size, columns, rows);
  return { count: nearest.length, at: (n) => nearest[n]!, bytes: nearest.byteLength };
}

/** For each pixel that counts the patch whose middle comes nearest to it, each once. */
function nearestCorners(
  counts: Uint8Array,
  width: number,
  size: number,
  columns: number,
  rows: number,
): Uint32Array {
  const half = Math.floor(size / 2);
  const within = (at: number, length: number): number => Math.min(Math.max(at, 0), length - 1);
  const corners = new Set<number>();
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    const [x, y] = [
      within((i % width) - half, columns),
      within(Math.floor(i / width) - half, rows),
    ];
    corners.add(y * width + x);
  }
  return Uint32Array.from(corners).sort();
}
