import { emitSavedModel } from '../compiler/emit/tensorflow/saved-model.js';
import type { Program } from '../compiler/graph/graph.js';
import type { Engine } from './engines/engine.js';
import { openTensorFlow } from './engines/tensorflow/client.js';
import type { EngineOptions } from './experiments/experiment.js';

/** The engine an experiment names, with `program` in it. Throws `EngineError`. */
export const openEngine = (program: Program, { gpu, threads }: EngineOptions): Promise<Engine> =>
  openTensorFlow(emitSavedModel(program), { gpu, ...(threads === null ? {} : { threads }) });
