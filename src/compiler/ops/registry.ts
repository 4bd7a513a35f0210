import { convolutionOps } from './convolution/index.js';
import { elementwiseOps } from './elementwise/index.js';
import { lossOps } from './loss/index.js';
import { normalisationOps } from './normalisation/index.js';
import { optimiserOps } from './optimiser/index.js';
import { poolingOps } from './pooling/index.js';
import { reductionOps } from './reduction/index.js';
import { resizingOps } from './resizing/index.js';
import { structureOps } from './structure/index.js';

/** Every operation of the graph, by name. An emitter is a table over these names, so a missing case fails to compile. */
export const ops = {
  ...convolutionOps,
  ...elementwiseOps,
  ...lossOps,
  ...normalisationOps,
  ...optimiserOps,
  ...poolingOps,
  ...reductionOps,
  ...resizingOps,
  ...structureOps,
} as const;

export type Ops = typeof ops;
export type OpName = keyof Ops;

export const isOpName = (name: string): name is OpName => Object.hasOwn(ops, name);
