import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js';
import { withoutLines } from '../../diagnostics/removal.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { elementsOf } from '../../graph/cost.js';
import type { Graph, Value, Variable } from '../../graph/graph.js';
import type { Origin } from '../../source/origin.js';
import type { Expanded } from '../expand.js';
import { originsOf } from '../reach.js';

/**
 * Warns of what no output depends on (sentence 20): of an application all of which is lost and whose result nothing
 * else takes, be it lost as well; one warning for `image -> Unit -> maxPool(2)` that goes nowhere, however often a loop or
 * other blocks apply its line.
 */
export function unreachedParts(
  { builder, inputSpans }: Expanded,
  graph: Graph,
): readonly Diagnostic[] {
  const places = [...lostPlaces(builder).values()].map(({ end, weights, times }) => {
    const { block, site: span, parent: origin } = end;
    const where = times === 1 ? `this ${block}` : `this ${block}, applied ${times} times`;
    const size = [...weights].reduce((sum, weight) => sum + elementsOf(weight), 0);
    const lost = size === 0 ? 'it is' : `it and ${weightsOf(size)} are`;
    const message = `no output depends on ${where}: ${lost} left out`;
    const suggestion = { message: 'use its result, or drop it' };
    return diagnostic('NET0901', { message, span, origin, suggestion });
  });
  return [...places, ...unusedInputs(graph, inputSpans)];
}

const weightsOf = (size: number): string =>
  size === 1 ? '1 weight' : `${size.toLocaleString('en-US')} weights`;

function unusedInputs(graph: Graph, inputSpans: Expanded['inputSpans']): readonly Diagnostic[] {
  const needed = new Set<Value>(graph.nodes.flatMap(({ operands }) => operands));
  for (const { value } of graph.outputs) needed.add(value);
  return graph.inputs.flatMap(({ name, value }) => {
    const span = inputSpans.get(name);
    if (needed.has(value) || !span) return [];
    const message = `no output depends on the input ${name}`;
    const suggestion = {
      message: 'feed it to an output, or drop the line',
      edits: withoutLines(span),
    };
    return [diagnostic('NET0902', { message, span, suggestion })];
  });
}

interface Place {
  readonly end: Origin;
  /** Of the ends here and of what is lost only because of them. */
  readonly weights: Set<Variable>;
  times: number;
}

/** The lost ends by where they stand in the text. */
function lostPlaces(builder: GraphBuilder): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const [end, weights] of lostEnds(builder)) {
    const { file, start } = end.site;
    const key = `${file.path} ${start}`;
    const place = places.get(key) ?? { end, weights: new Set(), times: 0 };
    place.times++;
    for (const weight of weights) place.weights.add(weight);
    places.set(key, place);
  }
  return places;
}

/** Lost applications that nothing takes, each with the weights of all that is lost before it. */
function lostEnds(builder: GraphBuilder): ReadonlyMap<Origin, ReadonlySet<Variable>> {
  const { nodes, variables } = builder.unreached();
  const lost = new Set(nodes);
  const weights = new Map(
    variables.filter(({ kind }) => kind === 'weight').map((each) => [each.value, each]),
  );
  const reached = originsOf(builder.nodes.filter((node) => !lost.has(node)));
  const makers = new Map<Value, Origin>();
  const takers = new Map<Origin, Taken>();
  for (const { origin, operands, results } of nodes) {
    if (!origin) continue;
    const whole = outermost(origin, reached);
    const taken = takers.get(whole) ?? { weights: new Set(), from: new Set(), isTaken: false };
    takers.set(whole, taken);
    for (const result of results) makers.set(result, whole);
    for (const operand of operands) {
      const weight = weights.get(operand);
      if (weight) taken.weights.add(weight);
      const maker = makers.get(operand);
      if (!maker || maker === whole) continue;
      taken.from.add(maker);
      takers.get(maker)!.isTaken = true;
    }
  }
  const ends = [...takers].filter(([, { isTaken }]) => !isTaken);
  return new Map(ends.map(([end]) => [end, weightsBefore(end, takers)]));
}

interface Taken {
  readonly weights: Set<Variable>;
  readonly from: Set<Origin>;
  isTaken: boolean;
}

function weightsBefore(end: Origin, takers: ReadonlyMap<Origin, Taken>): ReadonlySet<Variable> {
  const seen = new Set([end]);
  const weights = new Set<Variable>();
  for (const at of seen) {
    const taken = takers.get(at)!;
    for (const weight of taken.weights) weights.add(weight);
    for (const maker of taken.from) seen.add(maker);
  }
  return weights;
}

/** The outermost application around `origin` of which nothing is reached. */
function outermost(origin: Origin, reached: ReadonlySet<Origin>): Origin {
  let at = origin;
  while (at.parent && !reached.has(at.parent)) at = at.parent;
  return at;
}
