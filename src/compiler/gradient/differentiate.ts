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
  // What follows adds nodes behind these.
  const [forward, last, limit] = [b.nodes, b.nodes.length - 1, b.idLimit];
  const varies = dependents(forward, wanted, limit);
  const cotangents = new Array<Value | undefined>(limit);
  if (varies(loss)) cotangents[loss.id] = b.constant(1);
  for (let at = last; at >= 0; at--) {
    const node = forward[at]!;
    const ofResults = node.results.map(({ id }) => cotangents[id] ?? null);
    if (!node.operands.some(varies)) continue;
    if (ofResults.every((cotangent) => cotangent === null)) continue;
    b.withOrigin(node.origin, () => {
      const found = ofOperands(b, node, ofResults);
      node.operands.forEach((operand, i) => {
        const cotangent = found[i];
        if (!cotangent || !varies(operand)) return;
        const sum = cotangents[operand.id];
        cotangents[operand.id] = sum ? b.apply(add, [sum, cotangent], {})[0] : cotangent;
      });
    });
  }
  return new Map(
    wanted.flatMap((value) => {
      const cotangent = cotangents[value.id];
      return cotangent ? [[value, cotangent]] : [];
    }),
  );
}

/** Whether a value, of those numbered below `limit`, changes with one of `wanted`, as these do. */
function dependents(
  nodes: readonly Node[],
  wanted: readonly Value[],
  limit: number,
): (value: Value) => boolean {
  const varying = new Uint8Array(limit);
  const varies = ({ id }: Value): boolean => varying[id] === 1;
  for (const { id } of wanted) varying[id] = 1;
  for (const { operands, results } of nodes) {
    if (!operands.some(varies)) continue;
    for (const { id } of results) varying[id] = 1;
  }
  return varies;
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
