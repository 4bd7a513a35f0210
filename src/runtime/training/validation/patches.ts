import { still } from '../../data/augment/augmentation.js';
import { openMaker } from '../../data/batches/training-images.js';
import type { Batch } from '../../data/patches.js';
import type { Mask, Sample } from '../../data/sample.js';
import type { Engine } from '../../engines/engine.js';
import type { Geometry } from '../../networks/geometry.js';
import { foreground } from '../../prediction/predict.js';
import type { Prepared } from '../../preparation/prepare.js';
import { feedsOf } from '../feeds.js';

/** Batches from here on are no training's: a run has fewer steps. */
const first = 2 ** 31;

/** The patches that are looked at in every validation, in whole batches: see `eachPatches`. */
export async function validationPatches(prepared: Prepared): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of eachPatches(prepared)) batches.push(batch);
  return batches;
}

/**
 * One batch after the other of the images kept for validation, or of the training images where none are. Throws `InputError`
 * where one of them cannot be read or is smaller than a patch.
 */
export async function* eachPatches(prepared: Prepared): AsyncGenerator<Batch> {
  const { experiment, network, dataset, preprocessing } = prepared;
  const { data, batch, patch: size, seed, validation } = experiment;
  const { margin, classes } = network.geometry;
  const train = dataset.validation.length > 0 ? dataset.validation : dataset.train;
  const make = await openMaker(
    { data, preprocessing, batch, size, margin, classes, augment: still, seed },
    async () => ({ ...dataset, train }),
  );
  const count = Math.ceil(validation.patches / batch);
  for (let n = 0; n < count; n++) yield await make(first + n);
}

/** What the network says of patches. */
export interface Seen {
  /** The mean over the batches of the loss that training makes small. */
  readonly loss: number;
  /** The patches of each batch as one image below another, with the scored output's values. */
  readonly samples: readonly Sample[];
  readonly predictions: readonly Float32Array[];
}

export async function lookAt(
  engine: Engine,
  { experiment: { batch: count, patch, seed }, network: { geometry } }: Prepared,
  batches: readonly Batch[],
): Promise<Seen> {
  const feeds = feedsOf(geometry, count, patch, seed);
  const predictions: Float32Array[] = [];
  let loss = 0;
  for (const batch of batches) {
    const results = await engine.call('validate', feeds.validate(batch));
    loss += results.loss!.data[0]! / batches.length;
    predictions.push(foreground(results[geometry.output]!));
  }
  const samples = batches.map((batch, n) => columnOf(`batch ${n}`, batch, geometry, patch, count));
  return { loss, samples, predictions };
}

/** The patches of a batch as one image, one below another. */
export function columnOf(
  id: string,
  batch: Batch,
  { margin, classes }: Geometry,
  patch: number,
  count: number,
): Sample {
  const inner = patch - 2 * margin;
  return column(id, batch, inner, count * inner, classes);
}

function column(
  id: string,
  { target, weight }: Batch,
  width: number,
  height: number,
  classes: number,
): Sample {
  const map = (at: (pixel: number) => number): Mask => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, pixel) => at(pixel)),
  });
  const ofOneHot = (pixel: number): number =>
    Math.max(0, target.subarray(pixel * classes, (pixel + 1) * classes).indexOf(1));
  return {
    id,
    image: { width, height, channels: 0, data: new Float32Array(0) },
    mask: map(classes === 1 ? (pixel) => target[pixel]! : ofOneHot),
    fov: map((pixel) => (weight[pixel]! > 0 ? 1 : 0)),
  };
}
