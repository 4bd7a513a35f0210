import { findsFov } from '../../runtime/data/preprocess/steps.js';
import type { Frame } from '../../runtime/data/sample.js';
import { withFoundFov } from '../../runtime/prediction/found-fields.js';
import { foregroundOf, mapsOf } from '../../runtime/prediction/maps.js';
import { requireNumbers } from '../../runtime/prediction/predict-slice.js';
import { type Question, wholeAnswer } from '../../runtime/prediction/segmenter.js';
import { decode } from './decode.js';
import type { Mapped, Masked, Tried, Wanted } from './messages.js';
import type { Network } from './network.js';

/** An image that the network has answered; thresholds may come and go. */
export interface Attempt {
  readonly tried: Tried;
  mask(threshold: number): Promise<Masked>;
  map(wanted: Wanted, onShare: (share: number) => void): Promise<Mapped>;
}

/**
 * Does with an image what `netc predict` does: the run's preprocessing, tiles, flips and postprocessing. Throws `InputError` where
 * the image is not for the network.
 */
export async function attempt(
  network: Network,
  image: File,
  onShare: (share: number) => void,
): Promise<Attempt> {
  const { trial, segmenter } = network;
  const picture = await decode(image);
  const begin = performance.now();
  const frame = framed(network, { id: image.name, image: picture, fov: null });
  const { question } = segmenter.prepare(frame);
  const { data, channels } = await wholeAnswer(heard(question, image.name, onShare));
  const answered: Question = { ...question, answer: async (onRows) => onRows(0, data, channels) };
  const { postprocess } = trial.experiment.evaluation;
  const mask = async (threshold: number): Promise<Masked> => {
    const how = { threshold, exact: true, postprocess };
    const maps = await mapsOf(answered, picture, frame.fov, how);
    const { found, all } = foregroundOf(maps);
    return { labels: maps.labels, foreground: found / Math.max(all, 1) };
  };
  const first = await mask(trial.threshold);
  const [, height = 0, width = 0] = network.lastTiles();
  const tried: Tried = {
    ...first,
    ...{ width: picture.width, height: picture.height },
    seen: { width: question.width, height: question.height },
    tile: { width, height },
    took: performance.now() - begin,
    engine: network.description,
    notes: fovNotes(network, question),
  };
  const map: Attempt['map'] = (wanted, onShare) => network.maps.over(frame, wanted, onShare);
  return { tried, mask, map };
}

/** As `netc predict` says it. */
function fovNotes({ trial }: Network, { fov }: Question): readonly string[] {
  if (!trial.fov) return [];
  return fov?.data.includes(0)
    ? ['inside the field of view found in it']
    : ['in the whole frame, since nothing dark surrounds it'];
}

/** With the field of view that the photograph shows, where the run was trained inside some and no step finds it. */
function framed({ trial: { fov, preprocessing } }: Network, frame: Frame): Frame {
  if (!fov || findsFov(preprocessing.steps)) return frame;
  return withFoundFov(frame, frame.id, 'give them to netc predict by --fov');
}

/** The question, whose answer is told as it comes and checked to be numbers. */
function heard(question: Question, name: string, onShare: (share: number) => void): Question {
  const { width, height, answer } = question;
  return {
    ...question,
    answer: (onRows) =>
      answer((top, values, channels) => {
        requireNumbers(name, values);
        onRows(top, values, channels);
        onShare((top + values.length / channels / width) / height);
      }),
  };
}
