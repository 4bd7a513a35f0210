import { GraphBuilder } from '../graph/builder.js';
import type { Graph } from '../graph/graph.js';
import { floatOf } from '../ops/definition.js';
import { increment } from '../ops/optimiser/increment.js';
import { stepOf, stepPath, toTraining } from '../passes/mode.js';
import { differentiate } from './differentiate.js';
import { joinLoss, type LossOptions } from './loss.js';
import { applyOptimiser, type OptimiserOptions } from './optimiser.js';

export interface TrainingOptions {
  readonly loss: LossOptions;
  readonly optimiser: OptimiserOptions;
  /** Also gives `logits` (`logits[0]`, ... of a list) and `grad/<weight path>`, for comparison with other software. */
  readonly inspect?: boolean;
}

/**
 * One step of training as one graph, `train`. Inputs: the model's, the target (named as the output it is for), the
 * loss's weight if any, `learningRate` and `seed`. Output: `loss`. Updates: weights the loss depends on, the
 * optimiser's slots `optimizer/<path>/m`, stored moments, the counter `optimizer/step`.
 * Throws `LossError` and `DifferentiationError`.
 */
export function trainingStep(model: Graph, options: TrainingOptions): Graph {
  const forward = toTraining(model, 'train');
  const b = GraphBuilder.continuing({ ...forward, outputs: [] });
  const { loss, logits } = joinLoss(b, forward, options.loss);
  const weights = forward.variables.filter(({ kind }) => kind === 'weight');
  const gradients = differentiate(
    b,
    loss,
    weights.map(({ value }) => value),
  );
  const scalars = { learningRate: b.input('learningRate', floatOf([])), step: stepOf(b) };
  b.output('loss', loss);
  if (options.inspect) {
    for (const { name, value } of logits) b.output(`logits${/\[\d+\]$/.exec(name) ?? ''}`, value);
  }
  for (const weight of weights) {
    const gradient = gradients.get(weight.value);
    if (!gradient) continue;
    if (options.inspect) b.output(`grad/${weight.path}`, gradient);
    applyOptimiser(b, options.optimiser, weight, gradient, scalars);
  }
  b.update(stepPath, b.apply(increment, [scalars.step], {})[0]);
  return b.finish(model.symbols);
}
