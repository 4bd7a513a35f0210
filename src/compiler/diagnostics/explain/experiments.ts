import { linesOf, netOf } from './example.js';
import type { Explanations } from './explanation.js';

const files = { 'net.net': netOf('output mask = image -> Conv(1) -> sigmoid') };
const experiment = (...lines: readonly string[]): string =>
  linesOf('model:', '  path: net.net', 'data:', '  kind: synthetic-retina', ...lines);

/** NET06xx: the experiment's side. */
export const experimentExplanations = {
  NET0601: {
    meaning:
      'The file is not valid YAML, so nothing in it can be read. The usual causes are the indentation of a line, a missing quote or a missing bracket.',
    wrong: experiment('augment: {flips: false', 'steps: 10', 'output: runs/net'),
    right: experiment('augment: {flips: false}', 'steps: 10', 'output: runs/net'),
    files,
  },
  NET0602: {
    meaning:
      'This key is not known at this place in an experiment. It would have no effect, and the key that was meant would keep its default. The key may belong to another section.',
    wrong: experiment('steps: 10', 'bacth: 4', 'output: runs/net'),
    right: experiment('steps: 10', 'batch: 4', 'output: runs/net'),
    files,
  },
  NET0603: {
    meaning:
      'A required key is missing: keys without a default say where the model is, what the images are and where the run goes.',
    wrong: experiment('steps: 10'),
    right: experiment('steps: 10', 'output: runs/net'),
    files,
  },
  NET0604: {
    meaning: 'The value has the wrong kind, is not one of the known values, or is out of range.',
    wrong: experiment('steps: 10', 'batch: many', 'output: runs/net'),
    right: experiment('steps: 10', 'batch: 4', 'output: runs/net'),
    files,
  },
  NET0605: {
    meaning:
      'Each setting is valid by itself, but they do not fit together: steps and epochs both give the length, the network does not take the patch size, or the images have another number of channels than its input.',
    wrong: experiment('steps: 10', 'preprocess:', '  - gray: green', 'output: runs/net'),
    right: experiment('steps: 10', 'preprocess:', '  - standardise: image', 'output: runs/net'),
    files,
  },
} satisfies Explanations;
