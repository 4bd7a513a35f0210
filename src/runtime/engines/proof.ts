import { buildProgram } from '../../compiler/compile.js';
import { interpret } from '../../compiler/interpret/interpret.js';
import type { Program } from '../../compiler/ir/graph.js';
import { parse } from '../../compiler/ir/parse.js';
import type { Tensor } from '../../compiler/ops/values.js';
import { EngineError } from '../errors/errors.js';
import type { Engine, HostTensor, Tensors } from './engine.js';
import { initialState } from './initial-state.js';
import { inDouble } from './reference.js';

/** The smallest network that trains. */
const network = parse(`graph proof
symbols N, H, W
input image %0: float[N, H, W, 1]
weight kernel %1: float[3, 3, 1, 1] = normal(0.5)
%2: float[N, H, W, 1] = conv(%0, %1) {strides = [1, 1], dilations = [1, 1], groups = 1, padding = "same"}
%3: float[N, H, W, 1] = sigmoid(%2)
output mask %3
`);

export interface Proof {
  /** The engine's own words on itself. */
  readonly engine: string;
  /** The largest difference of the loss and the new kernel from the float64 reference. */
  readonly difference: number;
}

/**
 * Opens a tiny network, trains it one step of gradient descent and holds loss and weights to the float64 reference.
 * @throws EngineError when it cannot be run, or parts from the reference by more than 1e-5
 */
export async function prove(open: (program: Program) => Promise<Engine>): Promise<Proof> {
  const program = buildProgram(network, {
    loss: { kind: 'bce' },
    optimiser: { kind: 'sgd', momentum: 0 },
  });
  const variables = initialState(program, 1);
  const inputs: Tensors = {
    image: image((i) => Math.sin(i)),
    mask: image((i) => i % 2),
    learningRate: { shape: [], data: Float32Array.of(0.5) },
    seed: { shape: [], data: Int32Array.of(1) },
  };
  const expected = interpret(program.functions.train!, {
    inputs: inDouble(inputs),
    variables: inDouble(variables),
  });
  const engine = await open(program);
  try {
    await engine.write(variables);
    const { loss } = await engine.call('train', inputs);
    const { kernel } = await engine.read();
    const difference = Math.max(
      distance(loss!, expected.outputs.loss!),
      distance(kernel!, expected.updates.kernel!),
    );
    if (!(difference <= 1e-5))
      throw new EngineError(`A training step parts from the reference by ${difference}.`);
    return { engine: engine.description, difference };
  } finally {
    await engine.close();
  }
}

const image = (value: (index: number) => number): HostTensor => ({
  shape: [2, 5, 4, 1],
  data: Float32Array.from({ length: 40 }, (_, i) => value(i)),
});

const distance = (a: HostTensor, b: Tensor): number =>
  b.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - a.data[i]!)), 0);
