import type { Frame, Picture } from '../sample.js';
import { type ClaheOptions, clahe } from './clahe.js';
import { type FovOptions, fov } from './fundus.js';
import { gamma } from './gamma.js';
import { type GrayOptions, gray } from './gray.js';
import { type ResizeOptions, resize } from './resize.js';
import type { StandardiseOptions } from './standardise.js';
import { type WindowOptions, window } from './window.js';

/** What is done to an image alone, in the order an experiment lists it. */
export interface ImageSteps {
  readonly fov: FovOptions;
  readonly window: WindowOptions;
  readonly resize: ResizeOptions;
  readonly gray: GrayOptions;
  readonly clahe: ClaheOptions;
  readonly gamma: number;
}

/** By name, all steps; `standardise` is the last, since it may need what all training images are like. */
export interface StepOptions extends ImageSteps {
  readonly standardise: StandardiseOptions;
}

export type StepName = keyof StepOptions;

/** A step as an experiment writes it: its name and what belongs to it. */
export type Step = {
  [K in StepName]: { readonly [name in K]: StepOptions[K] };
}[StepName];

export type PreprocessOptions = readonly Step[];

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
