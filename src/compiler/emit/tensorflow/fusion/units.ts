import type { Graph, Node, NodeOf } from '../../../ir/graph.js';
import { ops } from '../../../ops/registry.js';
import { lower, lowerMixed } from '../lowering/index.js';
import { convolutionUnit } from './convolution.js';
import { normOf, normUnits, plainGradient } from './norm.js';
import type { Unit } from './unit.js';
import { Uses } from './uses.js';

const single = (node: Node, how = lower): Unit => ({
  nodes: [node],
  operands: node.operands,
  results: node.results,
  lower: (e, operands) => how(e, node, operands),
});

/** A graph's nodes, each by itself, with convolutions in half precision or not. */
export const singleUnits = (nodes: readonly Node[], half: boolean): readonly Unit[] =>
  nodes.map((node) => single(node, half ? lowerMixed : lower));

/**
 * The nodes of a graph as netc's own operations compute them: a batch norm with the ReLU after it is one, so that a map is read and
 * written once for all of them, and what lies between them is no tensor. Batch norms choose first.
 */
export function fusedUnits(graph: Graph, nodes: readonly Node[]): readonly Unit[] {
  const uses = new Uses(graph);
  const byLast = new Map<Node, Unit>();
  const take = (unit: Unit): void => {
    uses.take(unit.nodes);
    byLast.set(unit.nodes.at(-1)!, unit);
  };
  for (const node of nodes) {
    const norm = normOf(node);
    if (norm) normUnits(norm, uses).forEach(take);
  }
  for (const node of nodes) {
    if (!uses.isFree(node)) continue;
    if (node.op === ops.batchNormGradient) take(plainGradient(node as NodeOf<5, 3>));
    const unit = convolutionUnit(node, uses);
    if (unit) take(unit);
  }
  const units = nodes.flatMap(
    (node) => byLast.get(node) ?? (uses.isFree(node) ? [single(node)] : []),
  );
  return inOrder(units);
}

/** The units so that each comes after those whose results it takes; otherwise as they were. */
function inOrder(units: readonly Unit[]): readonly Unit[] {
  const makers = new Map<number, Unit>();
  for (const unit of units) for (const { id } of unit.results) makers.set(id, unit);
  const done = new Set<Unit>();
  const waiting = new Map<Unit, Unit[]>();
  const ordered: Unit[] = [];
  const missing = ({ operands }: Unit): Unit | undefined => {
    for (const { id } of operands) {
      const maker = makers.get(id);
      if (maker && !done.has(maker)) return maker;
    }
    return undefined;
  };
  for (const unit of units) {
    const ready = [unit];
    for (let next = ready.pop(); next; next = ready.pop()) {
      const maker = missing(next);
      if (maker) {
        waiting.set(maker, [...(waiting.get(maker) ?? []), next]);
        continue;
      }
      done.add(next);
      ordered.push(next);
      ready.push(...(waiting.get(next) ?? []).toReversed());
    }
  }
  if (ordered.length < units.length) throw new Error('fused nodes wait for each other');
  return ordered;
}
