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
 * Warns of what no output depends on (sentence 20): of an application all of which is lost and whose result nothing
 * else takes, be it lost as well; one warning for `image -> Unit -> maxPool(2)` that goes nowhere.
 */
export function warnOfUnreached(
  builder: GraphBuilder,
  graph: Graph,
  inputSpans: ReadonlyMap<string, Span>,
  diagnostics: Diagnostics,
): void {
  for (const { block, site, parent } of lostEnds(builder)) {
    const message = `no output depends on this ${block}: its nodes and weights are left out`;
    diagnostics.report('NET0901', { message, span: site, origin: parent });
  }
  const unused = unusedInputs(graph);
  for (const { name, value } of graph.inputs) {
    const span = inputSpans.get(name);
    if (!unused.has(value) || !span) continue;
    diagnostics.report('NET0902', { message: `no output depends on the input ${name}`, span });
  }
}

function unusedInputs({ inputs, nodes, outputs }: Graph): ReadonlySet<Value> {
  const unused = new Set(inputs.map(({ value }) => value));
  for (const { value } of outputs) unused.delete(value);
  for (const { operands } of nodes) {
    if (unused.size === 0) break;
    for (const operand of operands) unused.delete(operand);
  }
  return unused;
}

function lostEnds(builder: GraphBuilder): ReadonlySet<Origin> {
  const { nodes } = builder.unreached();
  if (nodes.length === 0) return new Set();
  const lost = new Set(nodes);
  const reached = originsOf(builder.nodes.filter((node) => !lost.has(node)));
  const makers = new Map<Value, Origin>();
  const ends = new Set<Origin>();
  for (const { origin, operands, results } of nodes) {
    if (!origin) continue;
    const whole = outermost(origin, reached);
    ends.add(whole);
    for (const result of results) makers.set(result, whole);
    for (const operand of operands) {
      const maker = makers.get(operand);
      if (maker && maker !== whole) ends.delete(maker);
    }
  }
  return ends;
}

/** The outermost application around `origin` of which nothing is reached. */
function outermost(origin: Origin, reached: ReadonlySet<Origin>): Origin {
  let at = origin;
  while (at.parent && !reached.has(at.parent)) at = at.parent;
  return at;
}
