import type { Graph, Node, Variable } from '../../ir/graph.js';
import { idLimit } from '../../ir/reach.js';
import { type InPlace, inPlaceLowerings } from './lowering/in-place.js';

/** An update that may be written over the variables it reads. */
export interface Overwrite {
  readonly node: Node;
  readonly lowering: InPlace;
  /** The variables that the first operands are and the results replace. */
  readonly variables: readonly Variable[];
}

/**
 * The optimiser's nodes whose first operands are variables, whose results are the new values of the same, and whose
 * results nothing else uses: there is no tensor of them once the kernel has assigned.
 */
export function overwritesOf(graph: Graph): ReadonlyMap<Node, Overwrite> {
  const variables = new Map(graph.variables.map((variable) => [variable.value.id, variable]));
  const updated = new Map(graph.updates.map(({ path, value }) => [value.id, path]));
  const used = new Uint8Array(idLimit(graph));
  for (const { operands } of graph.nodes) for (const { id } of operands) used[id] = 1;
  for (const { value } of graph.outputs) used[value.id] = 1;

  const overwrites = new Map<Node, Overwrite>();
  for (const node of graph.nodes) {
    const lowering = inPlaceLowerings[node.op.name];
    if (!lowering) continue;
    const over = node.results.map(({ id }, i) => {
      const variable = variables.get(node.operands[i]!.id);
      return variable && updated.get(id) === variable.path && !used[id] ? variable : undefined;
    });
    if (over.every((variable) => variable !== undefined)) {
      overwrites.set(node, { node, lowering, variables: over });
    }
  }
  return overwrites;
}
