import { channelText } from '../../compiler/diagnostics/messages/images.js';
import { InputError } from '../errors/errors.js';
import type { PreprocessOptions } from '../experiments/options/preprocess.js';
import { Moments, type Statistics, standardise, unscaled } from './preprocess/standardise.js';
import { applySteps, atNetworkSize, standardising } from './preprocess/steps.js';
import type { Frame, Picture, Sample } from './sample.js';

/**
 * A preprocessing with its statistics: plain data, kept with the run so that new images are treated
 * alike.
 */
export interface Preprocessing {
  readonly steps: PreprocessOptions;
  /** What the network takes; an image that has another number of them after the steps is refused. */
  readonly channels: number;
  /** Of values after the steps; null unless the list ends in `standardise: dataset`. */
  readonly statistics: Statistics | null;
}

/**
 * Takes from the training images what the preprocessing has to know, holding one of them at a time. `training` gives them
 * after the steps, as `applySteps` does, and is asked only where the statistics are the dataset's.
 */
export async function fitPreprocessing(
  steps: PreprocessOptions,
  channels: number,
  training: () => AsyncIterable<Frame> | Iterable<Frame>,
): Promise<Preprocessing> {
  if (standardising(steps) !== 'dataset') return { steps, channels, statistics: null };
  const moments = new Moments(channels);
  for await (const sample of training()) {
    checkChannels(channels, sample);
    moments.add(sample);
  }
  return { steps, channels, statistics: moments.statistics() };
}

/** A frame as the network takes it, and how its values were scaled: `value = seen * deviation + mean`. */
export interface Seen<T extends Frame = Sample> {
  readonly sample: T;
  readonly scaling: Statistics;
}

/** The frame as the network takes it. Throws `InputError` where its channels are not the network's. */
export const preprocess = <T extends Frame>(preprocessing: Preprocessing, sample: T): T =>
  scale(preprocessing, applySteps(preprocessing.steps, sample)).sample;

/** A frame as the network takes it, and as it is scored and shown. */
export interface Ready<T extends Frame> {
  readonly seen: Picture;
  /** Of the size that the network sees, its colours as they came. */
  readonly shown: T;
}

/**
 * What is done to a frame before the network answers, in every command that asks it for whole images. Throws `InputError` where
 * its channels are not the network's.
 */
export function prepareFrame<T extends Frame>(preprocessing: Preprocessing, frame: T): Ready<T> {
  const { steps } = preprocessing;
  const stepped = applySteps(steps, frame);
  const seen = scale(preprocessing, stepped).sample.image;
  return { seen, shown: { ...stepped, image: atNetworkSize(steps, frame.image) } };
}

/** The last step: of a frame that has gone through all before it. */
export function scale<T extends Frame>(preprocessing: Preprocessing, sample: T): Seen<T> {
  const { steps, channels, statistics } = preprocessing;
  checkChannels(channels, sample);
  const scaling = statistics ?? ownScaling(steps, sample);
  return { sample: standardise(sample, scaling), scaling };
}

function ownScaling(steps: PreprocessOptions, sample: Frame): Statistics {
  const { channels } = sample.image;
  if (standardising(steps) === 'none') return unscaled(channels);
  const moments = new Moments(channels);
  moments.add(sample);
  return moments.statistics();
}

function checkChannels(channels: number, { id, image }: Frame): void {
  if (image.channels === channels) return;
  const facts = { kind: 'image', image: id, has: image.channels, wanted: channels } as const;
  throw new InputError(channelText(facts));
}
