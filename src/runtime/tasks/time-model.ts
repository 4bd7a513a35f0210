import { buildProgram } from '../../compiler/compile.js';
import { bareStep } from '../../compiler/cost/bare-step.js';
import { bindingsAt } from '../../compiler/cost/cost.js';
import type { Graph } from '../../compiler/ir/graph.js';
import { initialValues } from '../../compiler/ir/initial-values.js';
import { evaluateShape, type ImageSize } from '../../compiler/sizes/size.js';
import type { HostTensor, Tensors } from '../engines/engine.js';
import { initialState } from '../engines/initial-state.js';
import { openEngine } from '../engines/open-engine.js';
import { type Profiled, profileFunction } from '../engines/profiled.js';
import type { EngineOptions } from '../experiments/options/engine.js';

export interface TimeRequest {
  /** A prediction, or a training step: the gradient of the sum of the outputs, and plain descent. */
  readonly of: 'predict' | 'train';
  readonly size: ImageSize;
  readonly batch: number;
  readonly engine: EngineOptions['kind'];
}

/**
 * Times a model with its initial weights on random images.
 * @throws BindingError for a size the model is not defined for
 * @throws EngineError where the engine cannot be opened or is out of memory
 */
export async function timeModel(model: Graph, request: TimeRequest): Promise<Profiled> {
  const { of, size, batch } = request;
  const inputs = randomInputs(model, size, batch, of);
  const program = of === 'train' ? bareStep(model) : buildProgram(model);
  const options = { kind: request.engine, gpu: 'never', threads: null } as const;
  const engine = await openEngine(program, options, { timed: [of] });
  try {
    await engine.write(initialState(program, seed));
    const graph = program.functions[of]!;
    return await profileFunction(engine, { model, fn: of, graph }, inputs, { ...size, batch });
  } finally {
    await engine.close();
  }
}

const seed = 0;

function randomInputs(
  model: Graph,
  size: ImageSize,
  batch: number,
  of: TimeRequest['of'],
): Tensors {
  const bindings = bindingsAt(model, size, batch);
  const images = model.inputs.map(({ name, value }): [string, HostTensor] => {
    const shape = evaluateShape(value.type.shape, bindings);
    return [name, { shape, data: initialValues({ kind: 'normal', scale: 1 }, name, shape, seed) }];
  });
  const scalars: Tensors = {
    seed: { shape: [], data: Int32Array.of(seed) },
    // Weights move by nothing, so that no step makes another one slower.
    learningRate: { shape: [], data: Float32Array.of(0) },
  };
  return { ...Object.fromEntries(images), ...(of === 'train' && scalars) };
}
