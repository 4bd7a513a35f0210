import type { Graph, Value } from '../../ir/graph.js';
import { peakOf } from '../../ir/peak.js';
import { typicalElements } from './elements.js';
import { halvesOf, keptValues, largeAmong } from './kept.js';
import type { StepMemory } from './memories.js';
import { rebuiltFrom } from './rebuilt.js';
import { crossing, segmentations } from './segments.js';

/**
 * A training step whose backward pass makes values again instead of keeping them, each when the gradients have come to where
 * it is read, which `after` sees to. A graph without a loss, or for no image of a typical size, stays.
 */
export function recompute(graph: Graph, memory: StepMemory): Graph {
  const halves = memory === 'high' ? undefined : halvesOf(graph);
  const elements = halves && typicalElements(graph);
  if (!elements) return graph;
  const { forward, backward } = halves;
  const isLarge = largeAmong(forward, elements);
  const cut = (wanted: Iterable<Value>) => keptValues(forward, wanted, elements, isLarge);
  const rebuilt = (kept: ReadonlySet<Value>): Graph => rebuiltFrom(graph, halves, isLarge, kept);
  const kept = cut(backward.flatMap(({ operands }) => operands));
  const normal = rebuilt(kept);
  if (memory === 'normal') return normal;
  const sizeOf = (value: Value): number => (isLarge(value) ? elements(value) : 0);
  const tried = segmentations(forward, kept, sizeOf).map((segments) => {
    // The backward pass begins with the last segment, whose values it would make again at once.
    const last = new Set(forward.slice(segments.at(-1)!.begin).flatMap(({ results }) => results));
    const ofLast = [...kept].filter((value) => last.has(value));
    return rebuilt(new Set([...cut(crossing(forward, segments)), ...ofLast]));
  });
  const all = [normal, ...tried].map((step) => ({ step, peak: peakOf(step, elements).bytes }));
  return all.reduce((least, one) => (one.peak < least.peak ? one : least)).step;
}
