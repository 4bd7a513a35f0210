import type { Graph, Program } from '../../../compiler/ir/graph.js';
import type { Engine } from '../engine.js';
import { openWorker } from '../worker-engine.js';

/**
 * Opens a program on the wasm kernels of tfjs, on a thread of its own; nothing native is needed.
 * @throws EngineError where the kernels cannot be loaded
 */
export const openPortable = ({ name, variables, functions }: Program): Promise<Engine> => {
  const program: Program = {
    name,
    variables,
    functions: Object.fromEntries(
      Object.entries(functions).map(([key, graph]) => [key, withoutOrigins(graph)]),
    ),
  };
  return openWorker('portable', new URL('./portable-worker.js', import.meta.url), program);
};

/** Origins hold the texts of the sources, which no engine reads. */
const withoutOrigins = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => ({ ...node, origin: null })),
});
