import { interpret } from '../../compiler/interpret/interpret.js';
import type { DType, Program } from '../../compiler/ir/graph.js';
import type { Tensor } from '../../compiler/ops/values.js';
import { EngineError } from '../errors/errors.js';
import type { Engine, HostTensor, Tensors } from './engine.js';
import { explained, requireInputs } from './session.js';

/**
 * The float64 interpreter as an engine: what the others are held to, slow and exact. Variables are kept in float64
 * from call to call; what is handed out is rounded to float32. It runs in the caller's thread.
 */
export async function openReference({ functions, variables }: Program): Promise<Engine> {
  const state = new Map<string, Tensor>();
  return {
    name: 'reference',
    description: 'the float64 reference',
    async call(fn, inputs) {
      const graph = functions[fn];
      if (graph === undefined) throw new EngineError(`The program has no function '${fn}'.`);
      const names = graph.inputs.map(({ name }) => name);
      requireInputs(fn, names, inputs);
      const { outputs, updates } = explained(`The reference could not run '${fn}'`, () =>
        interpret(graph, { inputs: inDouble(inputs), variables: Object.fromEntries(state) }),
      );
      for (const [path, tensor] of Object.entries(updates)) state.set(path, tensor);
      return Object.fromEntries(
        graph.outputs.map(({ name, value }) => [name, rounded(outputs[name]!, value.type.dtype)]),
      );
    },
    async time() {
      throw new EngineError(
        'The reference engine computes in float64 to be compared with, and is not timed: choose tensorflow or portable.',
      );
    },
    read: async () =>
      Object.fromEntries(
        variables.map(({ path, value }) => [path, rounded(state.get(path)!, value.type.dtype)]),
      ),
    async write(given) {
      for (const [path, tensor] of Object.entries(inDouble(given))) state.set(path, tensor);
    },
    tensorCount: async () => state.size,
    close: async () => state.clear(),
  };
}

export const inDouble = (tensors: Tensors): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float64Array.from(data) },
    ]),
  );

const rounded = ({ shape, data }: Tensor, dtype: DType): HostTensor => ({
  shape,
  data: dtype === 'int' ? Int32Array.from(data) : Float32Array.from(data),
});
