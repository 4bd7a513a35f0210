import type { Diagnostics } from '../diagnostics/diagnostic.js';
import type { GraphBuilder } from '../graph/builder.js';
import type { Graph, Node, Value } from '../graph/graph.js';
import type { Origin } from '../source/origin.js';
import type { Span } from '../source/source.js';

/** The applications that hold one of `nodes`. */
export function originsOf(nodes: readonly Node[]): ReadonlySet<Origin> {
  const origins = new Set<Origin>();
  for (const node of nodes) {
    for (let at = node.origin; at && !origins.has(at); at = at.parent) origins.add(at);
  }
  return origins;
}

/**
 * Warns of what no output depends on (sentence 20): where a result goes unused, at the outermost application
 * of which nothing is used.
 */
export function warnOfUnreached(
  builder: GraphBuilder,
  graph: Graph,
  inputSpans: ReadonlyMap<string, Span>,
  diagnostics: Diagnostics,
): void {
  const { nodes } = builder.unreached();
  const lost = new Set(nodes);
  const reached = originsOf(builder.nodes.filter((node) => !lost.has(node)));
  const used = new Set<Value>(nodes.flatMap(({ operands }) => operands));
  for (const { origin, results } of nodes) {
    if (origin && !results.some((result) => used.has(result))) {
      const { block, site, parent } = outermost(origin, reached);
      const message = `no output depends on this ${block}: its nodes and weights are left out`;
      diagnostics.report('NET0901', { message, span: site, origin: parent });
    }
  }
  const needed = new Set<Value>(graph.nodes.flatMap(({ operands }) => operands));
  for (const { value } of graph.outputs) needed.add(value);
  for (const { name, value } of graph.inputs) {
    const span = inputSpans.get(name);
    if (needed.has(value) || !span) continue;
    diagnostics.report('NET0902', { message: `no output depends on the input ${name}`, span });
  }
}

function outermost(origin: Origin, reached: ReadonlySet<Origin>): Origin {
  let at = origin;
  while (at.parent && !reached.has(at.parent)) at = at.parent;
  return at;
}
