import { buildProgram, type Look } from '../../../src/compiler/compile.js';
import type { TrainingOptions } from '../../../src/compiler/gradient/training-step.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';

/** What each stage of a program's functions leaves, by name. */
export function stagesOf(model: Graph, training?: TrainingOptions): ReadonlyMap<string, Graph> {
  const seen = new Map<string, Look>();
  buildProgram(model, training, ({ name, look }, made) => seen.set(name, look(made)));
  return new Map([...seen].flatMap(([name, graph]) => (graph ? [[name, graph as Graph]] : [])));
}

/** The function `train` before the passes. */
export const trainingStep = (model: Graph, training: TrainingOptions): Graph =>
  stagesOf(model, training).get('train/optimiser')!;
