import { findsFov } from '../data/preprocess/steps.js';
import type { Frame, Mask, Picture } from '../data/sample.js';
import type { Settings } from '../experiments/open-experiment.js';
import { withFoundFov } from '../prediction/found-fields.js';
import { mapsOf } from '../prediction/maps.js';
import { commonThreshold, openEnsemble, openRun, segmenterOf } from '../prediction/open-runs.js';
import { requireNumbers } from '../prediction/predict-slice.js';
import type { WeightName } from '../runs/weights-of-run.js';

/** What a run says of an image, at the image's own size, row by row. */
export interface Segmentation {
  readonly width: number;
  readonly height: number;
  /** The number of each pixel's class, 0 for the background and outside the field of view. */
  readonly mask: Uint8Array;
  /** Of each foreground class its probability at each pixel, 0 outside the field of view. */
  readonly probabilities: readonly Float32Array[];
}

/** A run with its weights in an engine. Images are segmented one after the other. */
export interface TrainedRun {
  readonly model: string;
  /** The foreground's classes in the order of `probabilities`; null of a run that does not say. */
  readonly classes: readonly string[] | null;
  /** Probabilities of at least this are foreground. */
  readonly threshold: number;
  /**
   * @param fov pixels that are 0 in it are left out. Left out itself, it is found in the photograph where the run was trained
   *   inside fields of view; null is the whole frame
   * @throws InputError where the image is not for the network
   */
  segment(image: Picture, fov?: Mask | null): Promise<Segmentation>;
  /** Ends the engine, without which the process goes on. */
  close(): Promise<void>;
}

export interface SegmentOptions {
  readonly settings: Settings;
  readonly weights?: WeightName | undefined;
  readonly ensemble?: readonly string[];
  /** In place of the run's own. */
  readonly threshold?: number | undefined;
}

export async function openTrainedRun(
  folder: string,
  { settings, weights, ensemble = [], threshold: given }: SegmentOptions,
): Promise<TrainedRun> {
  const how = { settings, weights };
  const first = await openRun(folder, how);
  const runs = await openEnsemble(first, ensemble, how);
  const threshold = given ?? (await commonThreshold(runs));
  const { experiment, network, preprocessing } = first.predictor;
  const { postprocess } = experiment.evaluation;
  const { engine, segmenter } = await segmenterOf(runs);
  const framed = (image: Picture, fov: Mask | null | undefined): Frame => {
    const frame = { id: 'the image', image, fov: fov ?? null };
    const isFound = fov === undefined && first.fov && !findsFov(preprocessing.steps);
    return isFound ? withFoundFov(frame, frame.id, 'give one, or null for the whole frame') : frame;
  };
  return {
    model: network.graph.name,
    classes: first.classes,
    threshold,
    async segment(image, fov) {
      const frame = framed(image, fov);
      const { question } = segmenter.prepare(frame);
      const answer: typeof question.answer = (onRows) =>
        question.answer((top, values, channels) => {
          requireNumbers(frame.id, values);
          onRows(top, values, channels);
        });
      const options = { threshold, exact: true, postprocess };
      const maps = await mapsOf({ ...question, answer }, image, frame.fov, options);
      const { width, height, labels } = maps;
      const probabilities = maps.probabilities.map((each) => Float32Array.from(each));
      return { width, height, mask: labels, probabilities };
    },
    close: () => engine.close(),
  };
}
