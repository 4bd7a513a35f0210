import type { Node, NodeOf, Value } from '../../../ir/graph.js';
import type { AttributesOf } from '../../../ops/definition.js';
import { ops } from '../../../ops/registry.js';
import { fixedValue, type Shape } from '../../../sizes/size.js';
import { finish, slots, type Unit } from './unit.js';
import type { Uses } from './uses.js';

type ConvAttributes = AttributesOf<typeof ops.conv>;

/** Fewer channels fill no vector. */
const leastChannels = 8;

/** Whether netc's own operations compute it: stride 1, one kernel of 1x1 or 3x3 pixels for all channels, the size kept. */
export function isOwnConvolution(
  kernel: Shape,
  { strides, dilations, groups, padding }: ConvAttributes,
): boolean {
  const [height, width, inputs, outputs] = kernel.map(fixedValue);
  return (
    groups === 1 &&
    [...strides, ...dilations].every((step) => step === 1) &&
    height === width &&
    (height === 1 || (height === 3 && padding !== 'valid')) &&
    Math.min(inputs ?? 0, outputs ?? 0) >= leastChannels
  );
}

/** A convolution, its bias, a batch norm by stored moments, a ReLU and an addition, as far as they follow one another. */
function convolution(conv: NodeOf<2, 1>, uses: Uses): Unit {
  const nodes: Node[] = [conv];
  const follow = (op: string): Node | undefined => {
    const value = nodes.at(-1)!.results[0]!;
    const node = uses.only(value, op);
    if (node?.operands[0] !== value) return undefined;
    nodes.push(node);
    return node;
  };
  const bias = follow('biasAdd')?.operands[1];
  const norm = follow('batchNorm');
  const relu = follow('relu') !== undefined;
  const sum = uses.sum(nodes.at(-1)!.results[0]!);
  if (sum) nodes.push(sum[0]);
  const moments: readonly (Value | undefined)[] = norm
    ? norm.operands.slice(1)
    : new Array(4).fill(undefined);
  const values = [...conv.operands, bias, ...moments, sum?.[1]];
  const epsilon = norm ? (norm.attributes as AttributesOf<typeof ops.batchNorm>).epsilon : 0;
  return {
    nodes,
    operands: values.filter((value) => value !== undefined),
    results: nodes.at(-1)!.results,
    lower: (e, tensors) => [
      e.add('NetcConvolution', slots(e, values, tensors), finish(epsilon, relu)),
    ],
  };
}

/** A gradient of a convolution and the addition to the gradients of other uses. */
function gradient(op: string, node: NodeOf<2, 1>, uses: Uses): Unit {
  const [result] = node.results;
  const sum = uses.sum(result);
  const values = [...node.operands, sum?.[1]];
  return {
    nodes: sum ? [node, sum[0]] : [node],
    operands: values.filter((value) => value !== undefined),
    results: sum ? sum[0].results : node.results,
    lower(e, tensors) {
      const [first, second, addend] = slots(e, values, tensors) as [string, string, string];
      const shape = op === 'NetcConvolutionKernelGradient' ? [e.shape(result.type.shape)] : [];
      return [e.add(op, [first, second, ...shape, addend], {})];
    },
  };
}

/** The unit that begins with `node`, if it is a convolution of netc's own or a gradient of one. */
export function convolutionUnit(node: Node, uses: Uses): Unit | undefined {
  const binary = node as NodeOf<2, 1>;
  const attributes = node.attributes as ConvAttributes;
  const isOwn = (kernel: Value) => isOwnConvolution(kernel.type.shape, attributes);
  if (node.op === ops.conv && isOwn(binary.operands[1])) return convolution(binary, uses);
  if (node.op === ops.convTranspose && isOwn(binary.operands[1]))
    return gradient('NetcConvolutionInputGradient', binary, uses);
  if (node.op === ops.convKernelGradient && isOwn(binary.results[0]))
    return gradient('NetcConvolutionKernelGradient', binary, uses);
  return undefined;
}
