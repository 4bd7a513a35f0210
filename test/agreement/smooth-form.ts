import type { Graph, Value } from '../../src/compiler/ir/graph.js';
import type { Tuple } from '../../src/compiler/ops/definition.js';
import { relu } from '../../src/compiler/ops/elementwise/relu.js';
import { softplus } from '../../src/compiler/ops/elementwise/softplus.js';
import { averagePool } from '../../src/compiler/ops/pooling/average-pool.js';
import type { PoolAttributes } from '../../src/compiler/ops/pooling/geometry.js';
import { maxPool } from '../../src/compiler/ops/pooling/max-pool.js';
import { rebuild } from '../../src/compiler/passes/rebuild.js';

/**
 * The network with softplus for ReLU and average for max pooling. Its gradient is continuous, so that float32 and
 * float64 runs stay together; at a kink, rounding alone picks another branch.
 */
export const smoothForm = (network: Graph): Graph =>
  rebuild(network, (b, { op, operands, attributes }) => {
    const [x] = operands as Tuple<Value, 1>;
    if (op === relu) return b.apply(softplus, [x], {});
    if (op === maxPool) return b.apply(averagePool, [x], attributes as PoolAttributes);
    return undefined;
  }).finish(network.symbols);
