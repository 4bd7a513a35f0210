import { buildProgram } from '../../compiler/compile.js';
import { interpret } from '../../compiler/interpret/interpret.js';
import type { Program } from '../../compiler/ir/graph.js';
import { parse } from '../../compiler/ir/parse.js';
import type { Tensor } from '../../compiler/ops/values.js';
import { EngineError } from '../errors/errors.js';
import type { Engine, HostTensor, Tensors } from './engine.js';
import { initialState } from './initial-state.js';
import { inDouble } from './reference.js';

const same = 'strides = [1, 1], dilations = [1, 1], groups = 1, padding = "same"';

/** A small network that trains by each of netc's own operations (`native/`): 3x3 and 1x1 convolutions, batch norm, additions. */
const network = parse(`graph proof
symbols N, H, W
input image %0: float[N, H, W, 1]
weight first %1: float[3, 3, 1, 8] = normal(0.5)
weight scale %2: float[8] = constant(1)
weight shift %3: float[8] = constant(0)
moment mean %4: float[8] = constant(0)
moment variance %5: float[8] = constant(1)
weight second %6: float[3, 3, 8, 9] = normal(0.2)
weight bias %7: float[9] = constant(0)
weight third %8: float[1, 1, 9, 8] = normal(0.3)
weight last %9: float[1, 1, 8, 1] = normal(0.3)
%10: float[N, H, W, 8] = conv(%0, %1) {${same}}
%11: float[N, H, W, 8] = batchNorm(%10, %2, %3, %4, %5) {epsilon = 0.001, momentum = 0.1}
%12: float[N, H, W, 8] = relu(%11)
%13: float[N, H, W, 9] = conv(%12, %6) {${same}}
%14: float[N, H, W, 9] = biasAdd(%13, %7)
%15: float[N, H, W, 8] = conv(%14, %8) {${same}}
%16: float[N, H, W, 8] = add(%12, %15)
%17: float[N, H, W, 1] = conv(%16, %9) {${same}}
%18: float[N, H, W, 1] = sigmoid(%17)
output mask %18
`);

export interface Proof {
  /** The engine's own words on itself. */
  readonly engine: string;
  /** The largest difference of the loss and the new weights from the float64 reference. */
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
    const news = await engine.read();
    const differences = Object.entries(expected.updates).map(([path, wanted]) =>
      distance(news[path]!, wanted),
    );
    const difference = Math.max(distance(loss!, expected.outputs.loss!), ...differences);
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
