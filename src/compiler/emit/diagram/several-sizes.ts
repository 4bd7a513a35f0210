import type { Application } from '../../expand/application.js';
import { innermostIn } from '../../expand/reached-tree.js';
import type { Graph, Value } from '../../ir/graph.js';
import { printShape } from '../../sizes/size.js';

/** The applications that give maps of several sizes to what is outside of them, as an encoder does. */
export function givingSeveralSizes(graph: Graph, tree: Application): ReadonlySet<Application> {
  const parents = new Map<Application, Application>();
  const visit = (application: Application): void => {
    for (const child of application.children) {
      parents.set(child, application);
      visit(child);
    }
  };
  visit(tree);
  const around = (application: Application | undefined): Application[] => {
    const chain: Application[] = [];
    for (let at = application; at; at = parents.get(at)) chain.push(at);
    return chain;
  };
  const applicationOf = innermostIn(tree);
  const makers = new Map<Value, Application>();
  const sizes = new Map<Application, Set<string>>();
  const take = (value: Value, users: ReadonlySet<Application>): void => {
    const size = printShape(value.type.shape.slice(1, -1));
    for (const application of around(makers.get(value))) {
      if (users.has(application)) break;
      sizes.set(application, (sizes.get(application) ?? new Set()).add(size));
    }
  };
  for (const { origin, operands, results } of graph.nodes) {
    const maker = applicationOf(origin) ?? tree;
    const users = new Set(around(maker));
    for (const operand of operands) take(operand, users);
    for (const result of results) makers.set(result, maker);
  }
  for (const { value } of graph.outputs) take(value, new Set());
  return new Set([...sizes].flatMap(([application, { size }]) => (size > 1 ? [application] : [])));
}
