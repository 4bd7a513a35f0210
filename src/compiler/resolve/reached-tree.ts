import type { Graph } from '../graph/graph.js';
import type { Application } from './application.js';
import { originsOf } from './reach.js';

/** `tree` without the applications that no output of `graph` depends on, and without empty steps of loops. */
export function reachedTree(graph: Graph, tree: Application): Application {
  const reached = originsOf(graph.nodes);
  const prune = (application: Application): Application => ({
    ...application,
    children: application.children
      .filter(({ block, origin }) => block === null || !origin || reached.has(origin))
      .map(prune)
      .filter(({ block, children }) => block !== null || children.length > 0),
  });
  return prune(tree);
}
