import { readPicture } from '../data/formats/read-picture.js';
import { atNetworkSize } from '../data/preprocess/steps.js';
import { type Preprocessing, preprocess } from '../data/preprocess.js';
import type { Picture } from '../data/sample.js';
import type { Engine } from '../engines/engine.js';
import type { Prepared } from '../prepare.js';
import { predictRows } from './predict.js';
import { type Maps, mapsOf } from './predicted-maps.js';
import { type PredictedFiles, type View, viewOf, writePrediction } from './predicted-pictures.js';

/** What `netc predict` says of an image. */
export interface PredictedImage {
  readonly image: string;
  readonly width: number;
  readonly height: number;
  /** The share of the pixels that are of a foreground class. */
  readonly foreground: number;
  readonly files: PredictedFiles;
}

/** The network, and how it is used. */
export type Predictor = Omit<Prepared, 'dataset'>;

/**
 * Predicts the image at `path` and writes the answer to files that begin with `stem`. Throws
 * `InputError` where the image cannot be read or is not for the network.
 * @param onShare is told how much of the image is done, from 0 to 1
 */
export async function predictImage(
  engine: Engine,
  predictor: Predictor,
  threshold: number,
  path: string,
  stem: string,
  onShare: (share: number) => void,
): Promise<PredictedImage> {
  const { view, seen } = await viewAndSeen(predictor.preprocessing, path);
  const maps = await mapsOfImage(engine, predictor, threshold, seen, onShare);
  const { width, height, labels } = maps;
  const files = await writePrediction(stem, view, maps);
  let found = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] > 0) found++;
  return { image: path, width, height, foreground: found / labels.length, files };
}

/** The image for people and for the network. What was decoded is given up here: of a large image each copy counts. */
async function viewAndSeen(
  preprocessing: Preprocessing,
  path: string,
): Promise<{ readonly view: View; readonly seen: Picture }> {
  const image = await readPicture(path);
  const { width, height } = image;
  const mask = { width, height, data: new Uint8Array(width * height) };
  const sample = { id: path, image, mask, fov: null };
  const { image: seen } = preprocess(preprocessing, sample);
  return { view: viewOf(atNetworkSize(preprocessing.steps, sample).image), seen };
}

async function mapsOfImage(
  engine: Engine,
  { experiment: { evaluation, patch }, network }: Predictor,
  threshold: number,
  seen: Picture,
  onShare: (share: number) => void,
): Promise<Maps> {
  const window = evaluation.window ?? patch;
  const { width, height } = seen;
  const { onRows, maps } = mapsOf(width, height, threshold);
  await predictRows(engine, network.geometry, seen, window, evaluation, (top, values, channels) => {
    onRows(top, values, channels);
    onShare((top + values.length / channels / width) / height);
  });
  return maps();
}
