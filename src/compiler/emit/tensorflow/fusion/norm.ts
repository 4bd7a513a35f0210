import type { Node, NodeOf } from '../../../ir/graph.js';
import type { AttributesOf } from '../../../ops/definition.js';
import { ops } from '../../../ops/registry.js';
import { outputOf } from '../graphdef.js';
import { finish, slots, type Unit } from './unit.js';
import type { Uses } from './uses.js';

type Train = NodeOf<3, 3>;
type Gradient = NodeOf<5, 3>;

const epsilonOf = ({ attributes }: Node): number =>
  (attributes as AttributesOf<typeof ops.batchNormTrain>).epsilon;

/** The batch norm's gradient that takes what `masked`, a gradient of the ReLU after `norm`, passes on; nothing else may take it. */
function gradientAfter(masked: Node, norm: Train, uses: Uses): Gradient | undefined {
  const users = uses.of(masked.results[0]!);
  const node = users?.length === 1 ? (users[0] as Gradient) : undefined;
  if (node?.op !== ops.batchNormGradient) return undefined;
  const [g, x, , mean] = node.operands;
  const fits = g === masked.results[0] && x === norm.operands[0] && mean === norm.results[1];
  return fits ? node : undefined;
}

/** A gradient of the ReLU and of the batch norm before it: where the ReLU passed is computed again from x. */
function maskedGradient(masked: NodeOf<2, 1>, node: Gradient, norm: Train): Unit {
  const [, x, scale, mean, variance] = node.operands;
  return {
    nodes: [masked, node],
    operands: [masked.operands[0], x, scale, norm.operands[2], mean, variance],
    results: node.results,
    lower: (e, tensors) =>
      three(e.add('NetcNormaliseGradient', tensors, finish(epsilonOf(node), true))),
  };
}

const three = (tensor: string) => [0, 1, 2].map((i) => outputOf(tensor, i));

/** A batch norm of a training step, the ReLU and the addition after it, and their gradients. */
export function normUnits(norm: Train, uses: Uses): readonly Unit[] {
  const [y, mean, variance] = norm.results;
  const relu = uses.only(y, 'relu');
  const last = relu?.results[0] ?? y;
  const gradients: Unit[] = [];
  const others: Node[] = [];
  for (const user of uses.of(last) ?? []) {
    const isMask = relu && user.op === ops.reluGradient && user.operands[1] === last;
    const node = isMask ? gradientAfter(user, norm, uses) : undefined;
    if (node) gradients.push(maskedGradient(user as NodeOf<2, 1>, node, norm));
    else others.push(user);
  }
  const sum = uses.of(last) && uses.sum(last, others);
  const values = [...norm.operands, sum?.[1]];
  const nodes: Node[] = [norm, ...(relu ? [relu] : []), ...(sum ? [sum[0]] : [])];
  const forward: Unit = {
    nodes,
    operands: values.filter((value) => value !== undefined),
    results: [nodes.at(-1)!.results[0]!, mean, variance],
    lower: (e, tensors) =>
      three(e.add('NetcNormalise', slots(e, values, tensors), finish(epsilonOf(norm), !!relu))),
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
      three(e.add('NetcNormaliseGradient', tensors, finish(epsilonOf(node), false))),
  };
}
