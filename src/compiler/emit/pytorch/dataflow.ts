import type { Application } from '../../expand/application.js';
import { innermostIn } from '../../expand/reached-tree.js';
import type { Graph, Node, Value } from '../../ir/graph.js';

/** What goes into and comes out of each application, read from the graph. */
export interface Dataflow {
  /** The nodes of an application and all inside it, in order. */
  nodes(application: Application): readonly Node[];
  /** Values used inside and made outside, in the order of their first use; variables are not among them. */
  inputs(application: Application): readonly Value[];
  /** Values made inside and used outside or put out. */
  outputs(application: Application): readonly Value[];
  /** Whether nothing outside of an application uses a value; nothing of the body `within`, where one is given. */
  isOnlyUsedIn(value: Value, application: Application, within?: Application): boolean;
  producer(value: Value): Node | undefined;
}

export function dataflowOf(graph: Graph, tree: Application): Dataflow {
  const innermost = innermostIn(tree);
  const own = new Map<Application, Node[]>();
  const order = new Map(graph.nodes.map((node, i) => [node, i]));
  const producers = new Map<number, Node>();
  const consumers = new Map<number, Node[]>();
  for (const node of graph.nodes) {
    const application = innermost(node.origin) ?? tree;
    own.set(application, [...(own.get(application) ?? []), node]);
    for (const { id } of node.results) producers.set(id, node);
    for (const { id } of node.operands) consumers.set(id, [...(consumers.get(id) ?? []), node]);
  }
  const stored = new Set(graph.variables.map(({ value: { id } }) => id));
  const put = new Set(graph.outputs.map(({ value: { id } }) => id));

  const known = new Map<Application, readonly Node[]>();
  function nodes(application: Application): readonly Node[] {
    const already = known.get(application);
    if (already) return already;
    const all = [...(own.get(application) ?? []), ...application.children.flatMap(nodes)];
    all.sort((a, b) => order.get(a)! - order.get(b)!);
    known.set(application, all);
    return all;
  }
  const sets = new Map<Application, ReadonlySet<Node>>();
  function setOf(application: Application): ReadonlySet<Node> {
    const set = sets.get(application) ?? new Set(nodes(application));
    sets.set(application, set);
    return set;
  }

  return {
    nodes,
    producer: ({ id }) => producers.get(id),
    isOnlyUsedIn(value, application, within = tree) {
      const inside = setOf(application);
      const around = setOf(within);
      const others = (consumers.get(value.id) ?? []).filter((node) => !inside.has(node));
      const producer = producers.get(value.id);
      // What a body was given and others use too is not the body's concern.
      const given = within !== tree && !(producer && around.has(producer));
      return given
        ? !others.some((node) => around.has(node))
        : others.length === 0 && !put.has(value.id);
    },
    inputs(application) {
      const inside = setOf(application);
      const from = new Map<number, Value>();
      for (const { operands } of nodes(application)) {
        for (const value of operands) {
          const producer = producers.get(value.id);
          if (!(producer && inside.has(producer)) && !stored.has(value.id))
            from.set(value.id, value);
        }
      }
      return [...from.values()];
    },
    outputs(application) {
      const inside = setOf(application);
      return nodes(application)
        .flatMap(({ results }) => results)
        .filter(({ id }) => put.has(id) || consumers.get(id)?.some((node) => !inside.has(node)));
    },
  };
}
