import { GraphBuilder } from '../../ir/builder.js';
import type { Graph, Node, NodeOf, Program, Value } from '../../ir/graph.js';
import { idLimit } from '../../ir/reach.js';
import { several } from '../../ops/definition.js';
import { reduceMax } from '../../ops/reduction/reduce-max.js';
import type { ReductionAttributes } from '../../ops/reduction/reduction.js';
import type { OpName } from '../../ops/registry.js';
import { after } from '../../ops/structure/after.js';
import { concat } from '../../ops/structure/concat.js';
import { sameShape } from '../../sizes/size.js';
import { batchOf, Parts, TowersError } from './batch.js';
import { type Divided, Division, isInParts } from './division.js';
import { batchNormByMoments, batchNormGradient, batchNormTrain } from './norms.js';

/** What a node with the batch becomes. */
type Rule = (d: Division, node: Node) => readonly Divided[];

function whole(d: Division, node: Node): readonly Divided[] {
  return d.b.copy({ ...node, operands: node.operands.map((operand) => d.whole(operand)) });
}

const summed: Rule = (d, node) => d.nodes(node).map((parts) => d.sum(parts));

/** Of nodes that read the batch and whose results are without it. */
const across: Readonly<Partial<Record<OpName, Rule>>> = {
  convKernelGradient: summed,
  reduceSum: summed,
  // Of means of equal parts.
  reduceMean: (d, node) => d.nodes(node).map((parts) => d.mean(parts)),
  reduceMax(d, node) {
    const attributes = { ...(node.attributes as ReductionAttributes), keepDims: true };
    const [greatest] = d.nodes({ ...node, attributes });
    const [all] = d.b.apply(concat, several(greatest!), { axis: 0 });
    return d.b.apply(reduceMax, [all], node.attributes as ReductionAttributes);
  },
  after(d, node) {
    const [x, event] = (node as NodeOf<2, 1>).operands;
    const events = Array.from({ length: d.count }, (_, tower) => d.at(event, tower));
    return [events.reduce((value, one) => d.b.apply(after, [value, one], {})[0], d.whole(x))];
  },
};

/** Of nodes that a tower cannot compute by itself as they are, whatever their results. */
const together: Readonly<Partial<Record<OpName, Rule>>> = {
  batchNormTrain,
  batchNormByMoments,
  batchNormGradient,
  // An element is drawn by its place in the whole batch.
  dropoutMask: whole,
};

/**
 * `graph`, a step of training, with the batch cut into `count` equal parts, each of which is a tower: nodes of its own, from the images
 * to the gradients. Sums over the batch (of the loss, of gradients, of batch norm's moments) are added up between the towers, so that it
 * computes what `graph` computes, to rounding; what has no batch, such as the optimiser, is there once. It is defined for batches that
 * `count` divides.
 * @throws TowersError where the batch is no free size of the inputs
 */
export function inTowers(graph: Graph, count: number): Graph {
  const symbol = batchOf(graph);
  if (symbol === undefined) throw new TowersError(`${graph.name} has no batch that can be divided`);
  const b = new GraphBuilder(graph.name);
  const d = new Division(b, new Parts(symbol, count), idLimit(graph));
  for (const { name, value } of graph.inputs) d.set(value, b.input(name, value.type));
  for (const { path, kind, initial, value } of graph.variables)
    d.set(value, b.variable(path, kind, value.type, initial));
  for (const node of graph.nodes) {
    const made = b.inPlaceOf(node, () => divided(d, node));
    node.results.forEach((result, i) => {
      checkShape(d, node, result, made[i]!);
      d.set(result, made[i]!);
    });
  }
  for (const { name, value } of graph.outputs) b.output(name, d.whole(value));
  for (const { path, value } of graph.updates) b.update(path, d.whole(value));
  return b.finish(
    graph.symbols.map((one) =>
      one.symbol === symbol ? { symbol, modulus: count, remainder: 0 } : one,
    ),
  );
}

function divided(d: Division, node: Node): readonly Divided[] {
  const isBatched = ({ type }: Value): boolean => d.parts.isBatched(type);
  if (![...node.operands, ...node.results].some(isBatched)) return whole(d, node);
  const rule = together[node.op.name];
  if (rule) {
    d.ready(node.operands);
    return rule(d, node);
  }
  if (node.results.every(isBatched)) return d.nodes(node);
  const crossing = across[node.op.name];
  if (!crossing) throw new TowersError(`${node.op.name} cannot be divided over the batch`);
  return crossing(d, node);
}

/** An operation that joined images in a way that no rule knows would change its sizes otherwise. */
function checkShape({ parts }: Division, { op }: Node, { type }: Value, made: Divided): void {
  const [one, wanted] = isInParts(made) ? [made[0]!, parts.shape(type.shape)] : [made, type.shape];
  if (!sameShape(one.type.shape, wanted))
    throw new TowersError(`${op.name} cannot be divided over the batch`);
}

/** The program with the steps of training in `count` towers; its other functions, and its variables, are the same. */
export function programInTowers(program: Program, count: number): Program {
  if (count === 1) return program;
  const functions = Object.fromEntries(
    Object.entries(program.functions).map(([name, graph]) => [
      name,
      name === 'train' || name === 'accumulate' ? inTowers(graph, count) : graph,
    ]),
  );
  return { ...program, functions };
}

/** How many towers a program has; 1 where the batch is not divided. */
export const towersOf = ({ functions }: Program): number =>
  Math.max(
    1,
    ...Object.values(functions).map(({ nodes }) =>
      nodes.reduce((most, { tower = 0 }) => Math.max(most, tower + 1), 1),
    ),
  );
