import { elementsOf } from '../cost/cost.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import type { Expanded } from '../expand/expand.js';
import { originsOf } from '../expand/reach.js';
import type { GraphBuilder } from '../ir/builder.js';
import type { Graph, Value, Variable } from '../ir/graph.js';
import type { Origin } from '../source/origin.js';

/**
 * Warns of what no output depends on (models-3): of an application all of which is lost and whose result nothing
 * else takes, be it lost as well; one warning for `image -> Unit -> maxPool(2)` that goes nowhere, however often a loop or
 * other blocks apply its line.
 */
export function unreachedParts(
  { builder, inputSpans, sizesRead }: Expanded,
  graph: Graph,
): readonly Diagnostic[] {
  const places = lostPlaces(builder, sizesRead).map(({ ends, weights }) => {
    const { block, site: span, parent: origin } = ends[0]!;
    const lost = [...weights].reduce((sum, weight) => sum + elementsOf(weight), 0);
    const facts = { block, times: ends.length, weights: lost };
    return diagnostic('NET0901', span, facts, origin);
  });
  return [...places, ...unusedInputs(graph, inputSpans, inputsRead(builder, sizesRead))];
}

/** The inputs that tell a size, themselves or through what is made of them; by name: the graph numbers its values anew. */
function inputsRead(
  { inputs, nodes }: GraphBuilder,
  sizesRead: Expanded['sizesRead'],
): ReadonlySet<string> {
  const values = new Set(sizesRead.map(({ value }) => value));
  for (const { operands, results } of nodes.toReversed()) {
    if (results.some((result) => values.has(result)))
      for (const operand of operands) values.add(operand);
  }
  return new Set(inputs.filter(({ value }) => values.has(value)).map(({ name }) => name));
}

function unusedInputs(
  graph: Graph,
  inputSpans: Expanded['inputSpans'],
  read: ReadonlySet<string>,
): readonly Diagnostic[] {
  const unused = new Set(graph.inputs.map(({ value }) => value));
  for (const { value } of graph.outputs) unused.delete(value);
  for (const { operands } of graph.nodes) {
    if (unused.size === 0) break;
    for (const operand of operands) unused.delete(operand);
  }
  return graph.inputs.flatMap(({ name, value }) => {
    const span = inputSpans.get(name);
    if (!unused.has(value) || !span || read.has(name)) return [];
    return [diagnostic('NET0902', span, { name })];
  });
}

interface LostPlace {
  readonly ends: readonly Origin[];
  /** Of the ends and of what is lost only because of them. */
  readonly weights: ReadonlySet<Variable>;
}

/** Lost applications that nothing takes, together where they are one place in the text. */
function lostPlaces(builder: GraphBuilder, sizesRead: Expanded['sizesRead']): readonly LostPlace[] {
  const lost = lostApplications(builder, sizesRead);
  const places = new Map<string, Origin[]>();
  for (const [origin, { isTaken }] of lost) {
    if (isTaken) continue;
    const { file, start } = origin.site;
    const key = `${file.path} ${start}`;
    const place = places.get(key);
    if (place) place.push(origin);
    else places.set(key, [origin]);
  }
  return [...places.values()].map((ends) => ({ ends, weights: weightsBefore(ends, lost) }));
}

interface Lost {
  readonly weights: Set<Variable>;
  /** The lost applications whose results it takes. */
  readonly from: Set<Origin>;
  isTaken: boolean;
}

/** The outermost applications all of which is lost. One whose sizes are read is taken. */
function lostApplications(
  builder: GraphBuilder,
  sizesRead: Expanded['sizesRead'],
): ReadonlyMap<Origin, Lost> {
  const { nodes, variables } = builder.unreached();
  if (nodes.length === 0) return new Map();
  const unreached = new Set(nodes);
  const weights = new Map(
    variables.filter(({ kind }) => kind === 'weight').map((each) => [each.value, each]),
  );
  const reached = originsOf(builder.nodes.filter((node) => !unreached.has(node)));
  const makers = new Map<Value, Origin>();
  const lost = new Map<Origin, Lost>();
  for (const { origin, operands, results } of nodes) {
    if (!origin) continue;
    const whole = outermost(origin, reached);
    const known = lost.get(whole) ?? { weights: new Set(), from: new Set(), isTaken: false };
    lost.set(whole, known);
    for (const result of results) makers.set(result, whole);
    for (const operand of operands) {
      const weight = weights.get(operand);
      if (weight) known.weights.add(weight);
      const maker = makers.get(operand);
      if (!maker || maker === whole) continue;
      known.from.add(maker);
      lost.get(maker)!.isTaken = true;
    }
  }
  for (const { value, results } of sizesRead) {
    const maker = makers.get(value);
    if (!maker) continue;
    lost.get(maker)!.isTaken = true;
    for (const result of results) lost.get(makers.get(result)!)?.from.add(maker);
  }
  return lost;
}

function weightsBefore(
  ends: readonly Origin[],
  lost: ReadonlyMap<Origin, Lost>,
): ReadonlySet<Variable> {
  const seen = new Set(ends);
  const all = new Set<Variable>();
  for (const at of seen) {
    const { weights, from } = lost.get(at)!;
    for (const weight of weights) all.add(weight);
    for (const maker of from) seen.add(maker);
  }
  return all;
}

/** The outermost application around `origin` of which nothing is reached. */
function outermost(origin: Origin, reached: ReadonlySet<Origin>): Origin {
  let at = origin;
  while (at.parent && !reached.has(at.parent)) at = at.parent;
  return at;
}
