import type { GraphBuilder } from '../ir/builder.js';
import type { Node, Value } from '../ir/graph.js';
import { printNode } from '../ir/print.js';
import { add } from '../ops/elementwise/add.js';

/** An operation between a wanted value and the loss has no gradient. */
export class DifferentiationError extends Error {}

/**
 * Reverse mode, graph to graph: adds to `b` the derivatives of the scalar `loss` by each wanted value.
 * A wanted value on which the loss does not depend has no entry. What is added for a node has its origin.
 */
export function differentiate(
  b: GraphBuilder,
  loss: Value,
  wanted: readonly Value[],
): ReadonlyMap<Value, Value> {
  if (loss.type.shape.length > 0) throw new DifferentiationError('the loss is not a scalar');
  const forward = [...b.nodes];
  const varying = dependents(forward, wanted);
  const cotangents = new Map<Value, Value>();
  if (varying.has(loss)) cotangents.set(loss, b.constant(1));
  for (const node of forward.toReversed()) {
    const ofResults = node.results.map((result) => cotangents.get(result) ?? null);
    if (!node.operands.some((operand) => varying.has(operand))) continue;
    if (ofResults.every((cotangent) => cotangent === null)) continue;
    b.withOrigin(node.origin, () => {
      const found = ofOperands(b, node, ofResults);
      node.operands.forEach((operand, i) => {
        const cotangent = found[i];
        if (!cotangent || !varying.has(operand)) return;
        const sum = cotangents.get(operand);
        cotangents.set(operand, sum ? b.apply(add, [sum, cotangent], {})[0] : cotangent);
      });
    });
  }
  return new Map(
    wanted.flatMap((value) => {
      const cotangent = cotangents.get(value);
      return cotangent ? [[value, cotangent]] : [];
    }),
  );
}

/** All values that change with one of `wanted`, these included. */
function dependents(nodes: readonly Node[], wanted: readonly Value[]): ReadonlySet<Value> {
  const varying = new Set(wanted);
  for (const { operands, results } of nodes) {
    if (!operands.some((operand) => varying.has(operand))) continue;
    for (const result of results) varying.add(result);
  }
  return varying;
}

function ofOperands(
  b: GraphBuilder,
  node: Node,
  cotangents: readonly (Value | null)[],
): readonly (Value | null)[] {
  const { gradient, name } = node.op;
  if (!gradient) {
    throw new DifferentiationError(`${name} can't be differentiated: ${printNode(node)}`);
  }
  return gradient(b, node, cotangents, node.attributes);
}
