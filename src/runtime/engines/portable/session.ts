import type { Program } from '../../../compiler/ir/graph.js';
import { EngineError } from '../../errors/errors.js';
import type { Tensors } from '../engine.js';
import { clocked, explained, requireInputs, type Session } from '../session.js';
import { download, loadKernels, upload } from './kernels.js';
import { functionOf, type Variables } from './run-function.js';

/** A program on the wasm kernels of tfjs; its variables stay in the memory of WebAssembly from call to call. */
export async function openSession(program: Program): Promise<Session> {
  const k = await loadKernels();
  const variables: Variables = new Map();
  const functions = new Map(
    Object.entries(program.functions).map(([name, graph]) => [
      name,
      { inputs: graph.inputs.map((input) => input.name), call: functionOf(k, graph, variables) },
    ]),
  );
  const clear = (): void => {
    variables.forEach(k.release);
    variables.clear();
  };
  const run = (fn: string, inputs: Tensors, onNode?: (node: number, took: number) => void) => {
    const found = functions.get(fn);
    if (found === undefined) throw new EngineError(`The program has no function '${fn}'.`);
    if (program.half?.includes(fn))
      throw new EngineError(
        `The portable engine computes in float32 alone, and '${fn}' is in half precision.`,
      );
    requireInputs(fn, found.inputs, inputs);
    return explained(`The portable engine could not run '${fn}'`, () => found.call(inputs, onNode));
  };
  return {
    description: k.description,
    run: (fn, inputs) => run(fn, inputs),
    time(fn, inputs) {
      const nodes: number[] = [];
      const whole = clocked(() => run(fn, inputs));
      const apart = clocked(() => run(fn, inputs, (_, took) => nodes.push(took)));
      // An update takes the tensor as it is.
      return { whole: whole.took, apart: apart.took, nodes, assignments: 0 };
    },
    read: () =>
      Object.fromEntries([...variables].map(([path, tensor]) => [path, download(k, tensor)])),
    write(given: Tensors) {
      requireInputs(
        'write',
        program.variables.map(({ path }) => path),
        given,
      );
      clear();
      for (const { path } of program.variables) variables.set(path, upload(k, given[path]!));
    },
    tensorCount: () => k.count(),
    close: clear,
  };
}
