import type { Graph } from '../ir/graph.js';
import type { Origin } from '../source/origin.js';
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

/** Finds the innermost application of `tree` that an origin lies in; undefined outside all of them. */
export function innermostIn(tree: Application): (origin: Origin | null) => Application | undefined {
  const applications = new Map<Origin, Application>();
  const visit = (application: Application): void => {
    const { block, origin, children } = application;
    // A step of a loop has the origin of the block around it.
    if (block !== null && origin) applications.set(origin, application);
    children.forEach(visit);
  };
  visit(tree);
  return (origin) => {
    let at = origin;
    while (at && !applications.has(at)) at = at.parent;
    return at ? applications.get(at) : undefined;
  };
}
