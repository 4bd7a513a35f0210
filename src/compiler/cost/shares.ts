import type { Graph, Node, Value, Variable } from '../ir/graph.js';
import type { ImageSize } from '../sizes/size.js';
import type { Origin } from '../source/origin.js';
import { bindingsAt, elementsOf, multiplyAddsOf } from './cost.js';
import { keptForBackward } from './memory.js';

/** Where in a model something is counted. */
export interface Place {
  /** Of a variable, that of the operation that uses it first. */
  readonly origin: Origin | null;
  /** The instance that owns it; a shared one owns its operations wherever it is applied. */
  readonly path: string;
}

/** What one operation or one variable adds to a model's cost. */
export interface Share extends Place {
  readonly parameters: number;
  readonly state: number;
  readonly multiplyAdds: number;
  readonly operations: number;
  /** Bytes of activations that a training step keeps. */
  readonly kept: number;
}

export type Amounts = Omit<Share, keyof Place>;

export const noAmounts: Amounts = {
  parameters: 0,
  state: 0,
  multiplyAdds: 0,
  operations: 0,
  kept: 0,
};

/** Numbers by name that are summed up over blocks and lines. */
export type Numbers<Name extends string> = Readonly<Record<Name, number>>;

/** Sums of two, number by number: those of `none`, which are 0. */
export const adding =
  <Name extends string>(none: Numbers<Name>) =>
  (a: Numbers<Name>, b: Partial<Numbers<Name>>): Numbers<Name> => {
    const sums: Record<Name, number> = { ...none };
    for (const name in none) sums[name] = a[name] + (b[name] ?? 0);
    return sums;
  };

export const addAmounts: (a: Amounts, b: Partial<Amounts>) => Amounts = adding(noAmounts);

/**
 * The whole cost of a model in its smallest parts, in the order of the graph: they add up to `costOf` and to what
 * `memoryOf` says of training. Throws `BindingError` for a size the model is not defined for.
 */
export function sharesOf(graph: Graph, size: ImageSize, batch: number): readonly Share[] {
  const bindings = bindingsAt(graph, size);
  const ofNode = ({ origin }: Node, amounts: Partial<Amounts>): Share => ({
    origin,
    path: origin?.path ?? '',
    ...addAmounts(noAmounts, amounts),
  });
  const users = firstUsers(graph);
  const ofVariable = (variable: Variable): Share => {
    const elements = elementsOf(variable);
    const amounts = variable.kind === 'weight' ? { parameters: elements } : { state: elements };
    const path = variable.path.slice(0, variable.path.lastIndexOf('/'));
    return { ...ofNode(users.get(variable.value)!, amounts), path };
  };
  return [
    ...graph.nodes.map((node) =>
      ofNode(node, { multiplyAdds: multiplyAddsOf(node, bindings), operations: 1 }),
    ),
    ...graph.variables.map(ofVariable),
    ...keptForBackward(graph, size, batch).map(({ node, bytes }) => ofNode(node, { kept: bytes })),
  ];
}

function firstUsers({ nodes }: Graph): ReadonlyMap<Value, Node> {
  const users = new Map<Value, Node>();
  for (const node of nodes) {
    for (const operand of node.operands) if (!users.has(operand)) users.set(operand, node);
  }
  return users;
}
