import type { Node } from '../../../ir/graph.js';
import type { OpName } from '../../../ops/registry.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graphdef.js';
import { convolutionLowerings } from './convolution.js';
import { elementwiseLowerings } from './elementwise.js';
import { lossLowerings } from './loss.js';
import type { AnyLowering } from './lowering.js';
import { normalisationLowerings } from './normalisation.js';
import { optimiserLowerings } from './optimiser.js';
import { poolingLowerings } from './pooling.js';
import { reductionLowerings } from './reduction.js';
import { resizingLowerings } from './resizing.js';
import { structureLowerings } from './structure.js';

const lowerings = {
  ...convolutionLowerings,
  ...elementwiseLowerings,
  ...lossLowerings,
  ...normalisationLowerings,
  ...optimiserLowerings,
  ...poolingLowerings,
  ...reductionLowerings,
  ...resizingLowerings,
  ...structureLowerings,
} satisfies Record<OpName, unknown>;

/** The results of `node` from its operands. Its group's table has checked the type of its attributes. */
export function lower(e: Emitter, node: Node, operands: readonly Tensor[]): readonly Tensor[] {
  const lowering = lowerings[node.op.name] as unknown as AnyLowering;
  const results = lowering(e, operands, node.attributes, node);
  return typeof results === 'string' ? [results] : results;
}

/** The same, a convolution and its gradients in half precision. */
export const lowerMixed: typeof lower = (e, node, operands) =>
  node.op.name in convolutionLowerings
    ? e.inHalf(operands, (halves) => lower(e, node, halves))
    : lower(e, node, operands);
