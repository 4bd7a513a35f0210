import { bindingsAt, costOf, sizelessCostOf } from '../compiler/cost/cost.js';
import { bytesBy, memoryOf } from '../compiler/cost/memory.js';
import { costOfApplication } from '../compiler/cost/one-application.js';
import type { Box } from '../compiler/emit/diagram/diagram.js';
import type { Application } from '../compiler/expand/application.js';
import type { Graph } from '../compiler/ir/graph.js';
import type { ImageSize } from '../compiler/sizes/size.js';
import { BindingError } from '../compiler/solve/bindings.js';
import { positionAt } from '../compiler/source/source.js';
import { grouped, short } from '../runtime/reports/numbers.js';

/** One thing that is known of a block, with its name. */
export type Fact = readonly [name: string, value: string];

/** What is known of a box: shape, parameters, multiply-adds, activations at a size, and the line it is applied in. */
export function factsOf(
  box: Box,
  application: Application | undefined,
  graph: Graph,
  size: ImageSize,
): readonly Fact[] {
  const facts: Fact[] = box.shapes.map((shape) => ['gives', shape]);
  if (box.steps > 1) facts.push(['steps', String(box.steps)]);
  const origin = application?.origin;
  if (!origin || application.block === null) return facts;
  const costs = atSize(() => {
    const bindings = bindingsAt(graph, size);
    const { parameters, multiplyAdds } = costOfApplication(graph, origin, bindings);
    const bytesOf = bytesBy(bindings);
    let bytes = 0;
    for (const { origin: at, results } of graph.nodes) {
      let around = at;
      while (around && around !== origin) around = around.parent;
      if (around) for (const result of results) bytes += bytesOf(result);
    }
    return { parameters, multiplyAdds, bytes };
  });
  if (costs) {
    facts.push(['parameters', grouped(costs.parameters)]);
    facts.push(['multiply-adds', short(costs.multiplyAdds)]);
    facts.push(['activations', `${short(costs.bytes)}B`]);
  }
  const { file, start } = origin.site;
  return [...facts, ['line', `${file.path}:${positionAt(file, start).line}`]];
}

/** A model's parameters and multiply-adds at a size. */
export function costLine(graph: Graph, { height, width }: ImageSize): string {
  const { parameters } = sizelessCostOf(graph);
  const start = `${graph.name}: ${grouped(parameters)} parameters`;
  const adds = atSize(() => costOf(graph, { height, width }).multiplyAdds);
  if (adds === undefined) return `${start}; it takes no image of ${height}×${width}`;
  return `${start}, ${short(adds)} multiply-adds at ${height}×${width}`;
}

/** Bytes of activations in a prediction and in a training step of one image; empty where it takes no image of that size. */
export function memoryText(graph: Graph, size: ImageSize): string {
  const memory = atSize(() => memoryOf(graph, size, 1));
  if (!memory) return '';
  return `, activations ${short(memory.inference)}B in a prediction, ${short(memory.training)}B kept in a training step`;
}

/** What is counted at a size; undefined where a network takes no image of it. */
export function atSize<T>(count: () => T): T | undefined {
  try {
    return count();
  } catch (error) {
    if (error instanceof BindingError) return undefined;
    throw error;
  }
}
