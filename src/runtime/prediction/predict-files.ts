import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Engine } from '../engines/engine.js';
import { InputError } from '../errors.js';
import { type PredictedImage, type Predictor, predictImage } from './predict-image.js';

/** An image that could not be predicted, and why. */
export interface Failure {
  readonly image: string;
  readonly message: string;
}

export interface Predictions {
  readonly images: readonly PredictedImage[];
  readonly errors: readonly Failure[];
}

/** The file's name without its ending: `scan.nii.gz` is `scan`. */
const stemOf = (path: string): string =>
  basename(path)
    .replace(/\.gz$/, '')
    .replace(/\.[^.]+$/, '');

/** Throws `InputError` where two images would be written to the same files. */
export function stemsOf(paths: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const path of paths) {
    const stem = stemOf(path);
    const other = first.get(stem);
    if (other !== undefined) {
      throw new InputError(
        `${other} and ${path} would both be written as ${stem}: predict them into two folders`,
      );
    }
    first.set(stem, path);
  }
  return [...first.keys()];
}

/**
 * Predicts each image into `folder`. One that cannot be read is told by `onError`, and the others
 * go on; an engine that fails ends it all.
 */
export async function predictFiles(
  engine: Engine,
  predictor: Predictor,
  threshold: number,
  paths: readonly string[],
  folder: string,
  watcher: {
    /** @param share of the image `path`, from 0 to 1 */
    readonly onShare: (path: string, share: number) => void;
    readonly onError: (failure: Failure) => void;
  },
): Promise<Predictions> {
  const images: PredictedImage[] = [];
  const errors: Failure[] = [];
  for (const [n, stem] of stemsOf(paths).entries()) {
    const path = paths[n];
    try {
      const onShare = (share: number): void => watcher.onShare(path, share);
      images.push(
        await predictImage(engine, predictor, threshold, path, join(folder, stem), onShare),
      );
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const failure = { image: path, message: error.message };
      errors.push(failure);
      watcher.onError(failure);
    }
  }
  return { images, errors };
}

/**
 * What the run's probabilities are held against: what the experiment fixes, or what `netc evaluate`
 * chose. Throws `InputError` where it was to choose and has not.
 */
export async function thresholdOfRun(folder: string, { experiment }: Predictor): Promise<number> {
  const { threshold } = experiment.evaluation;
  if (threshold !== 'validation') return threshold;
  const path = join(folder, 'metrics.json');
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const chosen = JSON.parse(text) as { threshold?: number; thresholdFrom?: string };
  if (chosen.thresholdFrom === 'validation' && chosen.threshold !== undefined) {
    return chosen.threshold;
  }
  throw new InputError(
    `the threshold of ${folder} is not chosen yet: run \`netc evaluate ${folder}\` first, or give --threshold`,
  );
}
