import { linesOf, netOf } from './example.js';
import type { Explanations } from './explanation.js';

const files = { 'net.net': netOf('output mask = image -> Conv(1) -> sigmoid') };
const experiment = (...lines: readonly string[]): string =>
  linesOf('model:', '  path: net.net', 'data:', '  kind: synthetic-retina', ...lines);

/** NET06xx: the experiment's side. */
export const experimentExplanations = {
  NET0601: {
    meaning:
      'The text is no YAML, so nothing in it can be read. Most often the indentation of a line, a missing quote or a missing bracket is at fault.',
    wrong: experiment('augment: {flips: false', 'steps: 10', 'output: runs/net'),
    right: experiment('augment: {flips: false}', 'steps: 10', 'output: runs/net'),
    files,
  },
  NET0602: {
    meaning:
      'An experiment has a key that is not known there. It would have no effect, and what was meant would keep its default. Keys may also be known, but in another section.',
    wrong: experiment('steps: 10', 'bacth: 4', 'output: runs/net'),
    right: experiment('steps: 10', 'batch: 4', 'output: runs/net'),
    files,
  },
  NET0603: {
    meaning:
      'A key is missing that has no default: where the model is, what the images are, where the run goes.',
    wrong: experiment('steps: 10'),
    right: experiment('steps: 10', 'output: runs/net'),
    files,
  },
  NET0604: {
    meaning:
      'A value is of the wrong kind, none of the known ones, or outside what makes sense in its place.',
    wrong: experiment('steps: 10', 'batch: many', 'output: runs/net'),
    right: experiment('steps: 10', 'batch: 4', 'output: runs/net'),
    files,
  },
  NET0605: {
    meaning:
      'Each setting is right by itself, and together they do not fit: steps and epochs both say how long, a patch is of a size that the network does not take, the images have other channels than its input.',
    wrong: experiment('steps: 10', 'preprocess:', '  - gray: green', 'output: runs/net'),
    right: experiment('steps: 10', 'preprocess:', '  - standardise: image', 'output: runs/net'),
    files,
  },
} satisfies Explanations;
