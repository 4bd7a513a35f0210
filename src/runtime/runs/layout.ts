import { join } from 'node:path';
import { runMark } from '../files/kinds.js';

/** What a run's folder holds, each by its path in it. */
export const layout = {
  /** The resolved experiment; the sources of its model lie below `sources`. */
  experiment: runMark,
  sources: 'model',
  graph: 'graph.txt',
  /** `RunRecord`. */
  record: 'run.json',
  /** The `Manifest` of its images. */
  images: 'data.json',
  log: 'log.jsonl',
  /** Who writes to the folder, for as long as it does. */
  lock: 'lock.json',
  tensorboard: 'tensorboard',
  checkpoints: 'checkpoints',
  /** What the network said of a few validation images, at each validation: `validationMapFile`. */
  validations: 'validation',
  /** The network that validation found best. */
  best: 'checkpoints/best.safetensors',
  /** All that the run needs to go on. */
  last: 'checkpoints/last.safetensors',
  /** The one before it, until the training ends: what the run goes on from where the last is damaged. */
  previous: 'checkpoints/previous.safetensors',
  /** What the network was fed when the loss was no longer finite. */
  notFinite: 'not-finite.safetensors',
  curves: 'curves.svg',
  /** What blocks and lines took of a training step, where that was asked for: `Profiled`. */
  profile: 'profile.json',
  /** Scores of something other than the run's own test, each in a folder like this. */
  evaluations: 'evaluations',
  /** From here on, of a folder of scores. */
  scores: 'metrics.json',
  roc: 'scores/roc.json',
  pr: 'scores/pr.json',
  perImage: 'scores/images.csv',
  pictures: 'predictions',
  report: 'report.html',
} as const;

/** Where a run, or a folder of scores, has one of its files. */
export const runPath = (folder: string, name: keyof typeof layout): string =>
  join(folder, layout[name]);

/** The map of a validation image at a step, from the run's folder. */
export const validationMapFile = (step: number, id: string): string =>
  `${layout.validations}/${`${step}`.padStart(8, '0')}/${id}.png`;

/** The map and the overlay of an image, from the folder of the scores. */
export const mapFile = (id: string): string => `${layout.pictures}/${id}.png`;
export const overlayFile = (id: string): string => `${layout.pictures}/${id}-overlay.png`;
