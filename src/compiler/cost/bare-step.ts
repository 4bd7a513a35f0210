import { differentiate } from '../gradient/differentiate.js';
import type { GraphBuilder } from '../ir/builder.js';
import type { Graph, Output, Program, Value } from '../ir/graph.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { sgd } from '../ops/optimiser/sgd.js';
import { reduceSum } from '../ops/reduction/reduce-sum.js';
import { floatOf } from '../ops/values.js';
import { toTraining } from '../passes/mode.js';
import { optimise } from '../passes/passes.js';
import { recompute } from '../passes/recompute/recompute.js';

/** The plainest loss of any model: the sum of all its outputs. Its gradient reads nothing. */
export const sumOfOutputs = (b: GraphBuilder, outputs: readonly Output[]): Value =>
  outputs
    .map(({ value }) => {
      const axes = [...value.type.shape.keys()];
      return b.apply(reduceSum, [value], { axes, keepDims: false })[0];
    })
    .reduce(arithmetic(b).add);

/**
 * A program with the function `train`, a training step of a model of which nobody says how it is trained: the sum of its outputs
 * as the loss, every weight moved by plain gradient descent, and what training keeps unless told otherwise. Its inputs are the model's, `seed` and `learningRate`.
 */
export function bareStep(model: Graph): Program {
  const b = toTraining(model, 'train');
  b.phase = 'loss';
  const loss = sumOfOutputs(b, b.takeOutputs());
  b.output('loss', loss);
  b.phase = 'backward';
  const weights = b.variables.filter(({ kind }) => kind === 'weight');
  const gradients = differentiate(
    b,
    loss,
    weights.map(({ value }) => value),
  );
  b.phase = 'optimiser';
  const rate = b.input('learningRate', floatOf([]));
  for (const { path, value } of weights) {
    const gradient = gradients.get(value);
    if (gradient) b.update(path, b.apply(sgd, [value, gradient, rate], {})[0]);
  }
  const train = recompute(optimise(b.finish(model.symbols)), 'normal');
  return { name: model.name, variables: train.variables, functions: { train } };
}
