import type { Graph, Node, Value, Variable } from '../../ir/graph.js';
import { select } from '../../ops/optimiser/select.js';
import { type InPlace, inPlaceLowerings } from './lowering/in-place.js';

/** An update that may be written over the variables it reads. */
export interface Overwrite {
  readonly node: Node;
  readonly lowering: InPlace;
  /** The variables that the first operands are and the results replace. */
  readonly variables: readonly Variable[];
  /** A number, 0 where the variables stay as they are; null where they never do. */
  readonly condition: Value | null;
  /** The nodes that chose between old and new values; there are no tensors of them. */
  readonly choices: readonly Node[];
}

/**
 * The optimiser's nodes whose first operands are variables, whose results are the new values of the same, or the new values where a step
 * is not skipped, and whose results nothing else uses: there is no tensor of them once the kernel has assigned.
 */
export function overwritesOf(graph: Graph): readonly Overwrite[] {
  const variables = new Map(graph.variables.map((variable) => [variable.value.id, variable]));
  const updated = new Map(graph.updates.map(({ path, value }) => [value.id, path]));
  const users = usersOf(graph);
  /** Where `value` becomes the variable's: at once, or as one of the two that a node chooses from. */
  const written = (value: Value, variable: Variable): Write | undefined => {
    const used = users.get(value.id) ?? [];
    if (used.length === 0) return updated.get(value.id) === variable.path ? atOnce : undefined;
    const [choice] = used;
    if (used.length > 1 || choice?.op !== select) return undefined;
    const [condition, made, old] = choice.operands;
    const [chosen] = choice.results;
    const isChosen = made === value && old === variable.value && !users.has(chosen!.id);
    return isChosen && updated.get(chosen!.id) === variable.path
      ? { condition: condition!, choice }
      : undefined;
  };
  return graph.nodes.flatMap((node): readonly Overwrite[] => {
    const lowering = inPlaceLowerings[node.op.name];
    if (!lowering) return [];
    const over = node.results.map((result, i) => {
      const variable = variables.get(node.operands[i]!.id);
      const write = variable && written(result, variable);
      return write && { variable, ...write };
    });
    if (!over.every((one) => one !== undefined)) return [];
    const condition = over[0]?.condition ?? null;
    if (over.some((one) => one.condition !== condition)) return [];
    const choices = over.flatMap(({ choice }) => (choice ? [choice] : []));
    return [{ node, lowering, variables: over.map((one) => one.variable), condition, choices }];
  });
}

interface Write {
  readonly condition: Value | null;
  readonly choice: Node | null;
}

const atOnce: Write = { condition: null, choice: null };

/** Who reads a value, by its id: nodes, and null for an output. */
function usersOf({ nodes, outputs }: Graph): ReadonlyMap<number, readonly (Node | null)[]> {
  const users = new Map<number, (Node | null)[]>();
  const use = (id: number, user: Node | null): void => {
    const known = users.get(id);
    if (known) known.push(user);
    else users.set(id, [user]);
  };
  for (const node of nodes) for (const { id } of node.operands) use(id, node);
  for (const { value } of outputs) use(value.id, null);
  return users;
}
