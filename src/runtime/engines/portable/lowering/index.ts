import type { Node } from '../../../../compiler/ir/graph.js';
import type { OpName } from '../../../../compiler/ops/registry.js';
import type { Extents } from '../../../../compiler/sizes/size.js';
import type { Kernels, WasmTensor } from '../kernels.js';
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
export function lower(
  k: Kernels,
  node: Node,
  operands: readonly WasmTensor[],
  shapes: readonly Extents[],
): readonly WasmTensor[] {
  const lowering = lowerings[node.op.name] as unknown as AnyLowering<Node['attributes']>;
  const results = lowering(k, operands, node.attributes, shapes);
  return 'dataId' in results ? [results] : results;
}
