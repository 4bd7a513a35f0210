import type { GraphBuilder } from '../../graph/builder.js';
import type { Graph, Node, Value } from '../../graph/graph.js';
import { conv } from '../../ops/convolution/conv.js';
import { type ConvAttributes, convAttributesOf } from '../../ops/convolution/geometry.js';
import { concat } from '../../ops/structure/concat.js';
import { slice } from '../../ops/structure/slice.js';
import { rebuild } from '../../passes/rebuild.js';
import { dividedBy, fixedValue } from '../../shapes/size.js';

/** The i-th of `parts` equal parts along the last axis. */
function part(b: GraphBuilder, x: Value, i: number, parts: number): Value {
  const size = dividedBy(x.type.shape[3], parts);
  const begin = [0, 0, 0, i * (fixedValue(size) as number)];
  return b.apply(slice, [x], { begin, shape: x.type.shape.with(3, size) })[0];
}

function separately(b: GraphBuilder, { operands: [x, kernel], attributes }: Node) {
  const { groups, ...given } = convAttributesOf(attributes as ConvAttributes);
  const parts = Array.from({ length: groups }, (_, i) => {
    const operands = [part(b, x, i, groups), part(b, kernel, i, groups)];
    return b.apply(conv, operands, { ...given, groups: 1 })[0];
  });
  return b.apply(concat, parts, { axis: 3 });
}

/**
 * Each convolution in groups as one for each group: tfjs has none in groups. Throws on a transposed one that is grouped or
 * dilated, which `ConvTranspose` never is.
 */
export const ungroup = (graph: Graph): Graph =>
  rebuild(graph, (b, node) => {
    const { groups, dilations } = node.attributes as Partial<ConvAttributes>;
    const dilated = dilations?.some((dilation) => dilation > 1);
    if (node.op === 'convTranspose' && (groups !== 1 || dilated)) {
      throw new Error('tfjs has no transposed convolution with groups or dilation');
    }
    return node.op === 'conv' && groups !== 1 ? separately(b, node) : undefined;
  }).finish(graph.symbols);
