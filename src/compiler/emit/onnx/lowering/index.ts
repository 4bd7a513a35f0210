import type { Node } from '../../../ir/graph.js';
import type { lossOps } from '../../../ops/loss/index.js';
import type { optimiserOps } from '../../../ops/optimiser/index.js';
import type { OpName } from '../../../ops/registry.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graph.js';
import { convolutionEntries } from './convolution.js';
import { elementwiseEntries } from './elementwise.js';
import { type AnyEntry, type EntriesOf, trainingOnly } from './lowering.js';
import { normalisationEntries } from './normalisation.js';
import { poolingEntries } from './pooling.js';
import { reductionEntries } from './reduction.js';
import { resizingEntries } from './resizing.js';
import { structureEntries } from './structure.js';

const lossEntries: EntriesOf<typeof lossOps> = {
  sigmoidCrossEntropy: trainingOnly,
  softmaxCrossEntropy: trainingOnly,
};

const optimiserEntries: EntriesOf<typeof optimiserOps> = {
  adam: trainingOnly,
  increment: trainingOnly,
  lerp: trainingOnly,
  momentum: trainingOnly,
  select: trainingOnly,
  sgd: trainingOnly,
};

const entries = {
  ...convolutionEntries,
  ...elementwiseEntries,
  ...lossEntries,
  ...normalisationEntries,
  ...optimiserEntries,
  ...poolingEntries,
  ...reductionEntries,
  ...resizingEntries,
  ...structureEntries,
} satisfies Record<OpName, unknown>;

/** Whether no inference graph has this operation. */
export const isTrainingOnly = (op: OpName): boolean => entries[op] === trainingOnly;

/** The results of `node`. Throws on an operation of training: it is predictions that are exported. */
export function lower(e: Emitter, node: Node): readonly Tensor[] {
  const entry = entries[node.op.name] as unknown as AnyEntry;
  if (entry === trainingOnly) throw new Error(`ONNX has predictions only; ${node.op.name} trains`);
  const results = entry(e, node, node.attributes);
  return typeof results === 'string' ? [results] : results;
}
