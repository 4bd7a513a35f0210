import { evaluateNode } from '../interpret/interpret.js';
import type { Graph } from '../ir/graph.js';
import { type ConstantAttributes, constant } from '../ops/structure/constant.js';
import { rebuild } from './rebuild.js';

const valueOfConstant = (attributes: object): number => (attributes as ConstantAttributes).value;

/** Computes scalars that depend on constants alone, by the reference. */
export function foldConstants(graph: Graph): Graph {
  return rebuild(graph, (b, node) => {
    const scalar = node.results.every(
      ({ type: { dtype, shape } }) => dtype === 'float' && shape.length === 0,
    );
    if (node.op === constant || !scalar) return undefined;
    const operands = node.operands.map((operand) => b.producer(operand));
    if (!operands.every((producer) => producer?.op === constant)) return undefined;
    const numbers = operands.map((producer) => ({
      shape: [],
      data: Float64Array.of(valueOfConstant(producer!.attributes)),
    }));
    return evaluateNode(node, numbers, {}).map(({ data }) => b.constant(data[0]!));
  }).finish(graph.symbols);
}
