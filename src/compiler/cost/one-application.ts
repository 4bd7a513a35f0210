import type { Graph, Node } from '../ir/graph.js';
import type { Bindings } from '../sizes/size.js';
import type { Origin } from '../source/origin.js';
import { type Cost, elementsOf, multiplyAddsOf } from './cost.js';

/**
 * What one application costs with all that is inside it: multiply-adds under `bindings`, and the weights it uses, which a
 * shared instance has at each of its applications.
 */
export function costOfApplication(
  graph: Graph,
  origin: Origin,
  bindings: Bindings,
): Pick<Cost, 'parameters' | 'multiplyAdds'> {
  const nodes = graph.nodes.filter((node) => isInside(node, origin));
  const used = new Set(nodes.flatMap(({ operands }) => operands));
  const parameters = graph.variables
    .filter(({ kind, value }) => kind === 'weight' && used.has(value))
    .reduce((sum, variable) => sum + elementsOf(variable), 0);
  const multiplyAdds = nodes.reduce((sum, node) => sum + multiplyAddsOf(node, bindings), 0);
  return { parameters, multiplyAdds };
}

function isInside(node: Node, origin: Origin): boolean {
  for (let at = node.origin; at; at = at.parent) if (at === origin) return true;
  return false;
}
