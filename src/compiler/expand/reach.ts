import type { Node } from '../ir/graph.js';
import type { Origin } from '../source/origin.js';

/** The applications that hold one of `nodes`. */
export function originsOf(nodes: readonly Node[]): ReadonlySet<Origin> {
  const origins = new Set<Origin>();
  for (const node of nodes) {
    for (let at = node.origin; at && !origins.has(at); at = at.parent) origins.add(at);
  }
  return origins;
}
