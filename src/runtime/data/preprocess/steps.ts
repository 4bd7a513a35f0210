import type {
  ImageSteps,
  PreprocessOptions,
  StandardiseOptions,
  Step,
  StepName,
} from '../../experiments/options/preprocess.js';
import type { Frame, Picture } from '../sample.js';
import { clahe } from './clahe.js';
import { fov } from './fundus.js';
import { gamma } from './gamma.js';
import { gray } from './gray.js';
import { resize } from './resize.js';
import { window } from './window.js';

const meanings: {
  readonly [K in keyof ImageSteps]: <T extends Frame>(frame: T, options: ImageSteps[K]) => T;
} = { fov, window, resize, gray, clahe, gamma };

const isImageStep = (name: string): name is keyof ImageSteps => name in meanings;

const named = (step: Step): [StepName, unknown] => Object.entries(step)[0] as [StepName, unknown];

export const nameOf = (step: Step): StepName => named(step)[0];

/** The frame after every step but the standardising: values are still those of the image. */
export function applySteps<T extends Frame>(steps: PreprocessOptions, frame: T): T {
  let done = frame;
  for (const step of steps) {
    const [name, options] = named(step);
    if (isImageStep(name)) done = (meanings[name] as Apply)(done, options);
  }
  return done;
}

type Apply = <T extends Frame>(frame: T, options: unknown) => T;

/** Whether a step finds a field of view where an image has none. */
export const findsFov = (steps: PreprocessOptions): boolean => steps.some((step) => 'fov' in step);

/** How the list ends: without a word of it values are 0 to 1. */
export const standardising = (steps: PreprocessOptions): StandardiseOptions => {
  const last = steps.at(-1);
  return last && 'standardise' in last ? last.standardise : 'none';
};

/** The image at the size that the network sees, its colours as they are. */
export const atNetworkSize = (steps: PreprocessOptions, image: Picture): Picture =>
  applySteps(
    steps.filter((step) => 'resize' in step),
    { id: '', image, fov: null },
  ).image;
