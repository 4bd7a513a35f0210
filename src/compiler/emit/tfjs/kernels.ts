import type { GraphBuilder } from '../../ir/builder.js';
import type { Graph, Node, Value } from '../../ir/graph.js';
import { conv } from '../../ops/convolution/conv.js';
import { convTranspose } from '../../ops/convolution/conv-transpose.js';
import { type ConvAttributes, convAttributesOf } from '../../ops/convolution/geometry.js';
import { concat } from '../../ops/structure/concat.js';
import { slice } from '../../ops/structure/slice.js';
import { rebuild } from '../../passes/rebuild.js';
import { dividedBy, fixedValue } from '../../sizes/size.js';
import { ExportError } from '../export-error.js';

/** The i-th of `parts` equal parts along the last axis. */
function part(b: GraphBuilder, x: Value, i: number, parts: number): Value {
  const size = dividedBy(x.type.shape[3]!, parts);
  const begin = [0, 0, 0, i * (fixedValue(size) as number)];
  return b.apply(slice, [x], { begin, shape: x.type.shape.with(3, size) })[0];
}

function separately(b: GraphBuilder, { operands: [x, kernel], attributes }: Node) {
  const { groups, ...given } = convAttributesOf(attributes as ConvAttributes);
  const group = (i: number): Value => {
    const operands = [part(b, x!, i, groups), part(b, kernel!, i, groups)] as const;
    return b.apply(conv, operands, { ...given, groups: 1 })[0];
  };
  const others = Array.from({ length: groups - 1 }, (_, i) => group(i + 1));
  return b.apply(concat, [group(0), ...others], { axis: 3 });
}

function refuseBeyondKernels({ op, attributes }: Node): void {
  if (op.kind !== 'convolution') return;
  const { groups, strides, dilations } = attributes as ConvAttributes;
  const dilated = dilations.some((dilation) => dilation > 1);
  if (op === convTranspose && (groups > 1 || dilated)) {
    throw new ExportError('tfjs has no transposed convolution with groups or dilation');
  }
  if (dilated && strides.some((stride) => stride > 1)) {
    throw new ExportError('tfjs has no convolution with both a stride and a dilation');
  }
}

/**
 * The graph with what tfjs has kernels for: a convolution in groups becomes one for each group. Throws `ExportError` on a
 * dilated convolution with a stride, and on a transposed one that is grouped or dilated.
 */
export const withTfjsKernels = (graph: Graph): Graph =>
  rebuild(graph, (b, node) => {
    refuseBeyondKernels(node);
    const grouped = node.op === conv && (node.attributes as ConvAttributes).groups > 1;
    return grouped ? separately(b, node) : undefined;
  }).finish(graph.symbols);
