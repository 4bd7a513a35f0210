import type { Node, NodeOf, Value } from '../../../ir/graph.js';
import type { AttributesOf } from '../../../ops/definition.js';
import { ops } from '../../../ops/registry.js';
import { outputOf, type Tensor } from '../graphdef.js';
import { finish, slots, type Unit } from './unit.js';
import type { Uses } from './uses.js';

type Gradient = NodeOf<5, 3>;

/** A batch norm of a training step: as it is computed first, or once more by the moments found then. */
interface Norm {
  readonly node: Node;
  readonly isFirst: boolean;
  readonly operands: readonly [x: Value, scale: Value, shift: Value];
  readonly moments: readonly [mean: Value, variance: Value];
}

export function normOf(node: Node): Norm | undefined {
  const [x, scale, shift, ...moments] = node.operands as readonly [Value, Value, Value, ...Value[]];
  const operands = [x, scale, shift] as const;
  if (node.op === ops.batchNormTrain) {
    const [, mean, variance] = (node as NodeOf<3, 3>).results;
    return { node, isFirst: true, operands, moments: [mean, variance] };
  }
  if (node.op !== ops.batchNormByMoments) return undefined;
  const [mean, variance] = moments as [Value, Value];
  return { node, isFirst: false, operands, moments: [mean, variance] };
}

const epsilonOf = ({ attributes }: Node): number =>
  (attributes as AttributesOf<typeof ops.batchNormTrain>).epsilon;

const outputs = (tensor: Tensor, count: number): readonly Tensor[] =>
  Array.from({ length: count }, (_, i) => outputOf(tensor, i));

/** The batch norm's gradient that takes what `masked`, a gradient of the ReLU after `norm`, passes on; nothing else may take it. */
function gradientAfter(masked: Node, norm: Norm, uses: Uses): Gradient | undefined {
  const users = uses.of(masked.results[0]!);
  const node = users?.length === 1 ? (users[0] as Gradient) : undefined;
  if (node?.op !== ops.batchNormGradient) return undefined;
  const [g, x, , mean] = node.operands;
  const isOfNorm = uses.itself(x) === uses.itself(norm.operands[0]) && mean === norm.moments[0];
  return g === masked.results[0] && isOfNorm ? node : undefined;
}

/** A gradient of the ReLU and of the batch norm before it: where the ReLU passed is computed again from x. */
function maskedGradient(masked: NodeOf<2, 1>, node: Gradient, [, , shift]: Norm['operands']): Unit {
  const [, x, scale, mean, variance] = node.operands;
  return {
    nodes: [masked, node],
    operands: [masked.operands[0], x, scale, shift, mean, variance],
    results: node.results,
    lower: (e, tensors) =>
      outputs(e.add('NetcNormaliseGradient', tensors, finish(epsilonOf(node), true)), 3),
  };
}

/** A batch norm of a training step, the ReLU and the addition after it, and their gradients. */
export function normUnits(norm: Norm, uses: Uses): readonly Unit[] {
  const { node, isFirst, moments } = norm;
  const y = node.results[0]!;
  const relu = uses.only(y, 'relu');
  const last = relu?.results[0] ?? y;
  const gradients: Unit[] = [];
  const others: Node[] = [];
  for (const user of uses.of(last) ?? []) {
    const isMask = relu && user.op === ops.reluGradient && user.operands[1] === last;
    const gradient = isMask ? gradientAfter(user, norm, uses) : undefined;
    if (gradient) gradients.push(maskedGradient(user as NodeOf<2, 1>, gradient, norm.operands));
    else others.push(user);
  }
  // Made again for its gradient alone, which needs it no more.
  if (uses.of(last) && others.length === 0 && !isFirst && relu) {
    return gradients.map((unit) => ({ ...unit, nodes: [node, relu, ...unit.nodes] }));
  }
  const sum = uses.of(last) && uses.sum(last, others);
  const nodes: Node[] = [node, ...(relu ? [relu] : []), ...(sum ? [sum[0]] : [])];
  const values = [...norm.operands, ...(isFirst ? [] : moments), sum?.[1]];
  const op = isFirst ? 'NetcNormalise' : 'NetcNormaliseByMoments';
  const results = [nodes.at(-1)!.results[0]!, ...(isFirst ? moments : [])];
  const forward: Unit = {
    nodes,
    operands: values.filter((value) => value !== undefined),
    results,
    lower: (e, tensors) =>
      outputs(
        e.add(op, slots(e, values, tensors), finish(epsilonOf(node), !!relu)),
        results.length,
      ),
  };
  return [forward, ...gradients];
}

/** The gradient of a batch norm with no ReLU after it, or with one that other nodes look at. */
export function plainGradient(node: Gradient): Unit {
  const [g, x, scale, mean, variance] = node.operands;
  return {
    nodes: [node],
    // Without a ReLU, the shift changes no gradient.
    operands: [g, x, scale, scale, mean, variance],
    results: node.results,
    lower: (e, tensors) =>
      outputs(e.add('NetcNormaliseGradient', tensors, finish(epsilonOf(node), false)), 3),
  };
}
