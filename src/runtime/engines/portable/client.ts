import type { Program } from '../../../compiler/ir/graph.js';
import { print } from '../../../compiler/ir/print.js';
import type { Engine } from '../engine.js';
import { openWorker } from '../worker-engine.js';

/** A program as it goes to the thread: a graph holds functions, its text form only data. */
export interface ProgramText extends Omit<Program, 'functions'> {
  readonly functions: Readonly<Record<string, string>>;
}

/**
 * Opens a program on the wasm kernels of tfjs, on a thread of its own; nothing native is needed.
 * @throws EngineError where the kernels cannot be loaded
 */
export const openPortable = ({
  name,
  variables,
  functions,
  half = [],
}: Program): Promise<Engine> => {
  const texts = Object.entries(functions).map(([key, graph]) => [key, print(graph)]);
  const program: ProgramText = { name, variables, functions: Object.fromEntries(texts), half };
  return openWorker('portable', new URL('./portable-worker.js', import.meta.url), program);
};
