import { GraphBuilder } from '../ir/builder.js';
import type { Graph, Output, Value, Variable } from '../ir/graph.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { increment } from '../ops/optimiser/increment.js';
import { fill } from '../ops/structure/fill.js';
import { floatOf } from '../ops/values.js';
import { type Frozen, stepOf, stepPath, toInference, toTraining } from '../passes/mode.js';
import { averageWeights } from './average.js';
import { clipped } from './clip.js';
import { differentiate } from './differentiate.js';
import { joinLoss, type LossOptions } from './loss.js';
import { applyOptimiser, type OptimiserOptions, slotOf } from './optimiser.js';

export interface TrainingOptions {
  readonly loss: LossOptions;
  readonly optimiser: OptimiserOptions;
  /** The greatest norm of all gradients together; null: they are taken as they are. */
  readonly clip?: number | null;
  /** Over how many batches gradients are averaged before an update; the function `accumulate` takes all but the last. */
  readonly accumulate?: number;
  /** The decay of a moving average of the weights; null: none is kept. */
  readonly ema?: number | null;
  /**
   * Which weights and moments training leaves as they are: a frozen weight has no gradient and no optimiser's variables, and a batch
   * norm whose moments are frozen trains as it predicts.
   */
  readonly isFrozen?: Frozen;
  /** Whether there is a function `validate`. */
  readonly validate?: boolean;
  /** Also gives `logits` (`logits[0]`, ... of a list) and `grad/<weight path>`, for comparison with other software. */
  readonly inspect?: boolean;
}

/** The forward pass, the loss, and by weight the gradients. */
interface Differentiated {
  readonly b: GraphBuilder;
  readonly loss: Value;
  readonly logits: readonly Output[];
  readonly weights: readonly Variable[];
  readonly gradients: ReadonlyMap<Value, Value>;
}

function differentiated(model: Graph, options: TrainingOptions, name: string): Differentiated {
  const { isFrozen = () => false } = options;
  const forward = toTraining(model, name, isFrozen);
  const b = GraphBuilder.continuing({ ...forward, outputs: [] });
  const { loss, logits } = joinLoss(b, forward, options.loss);
  const trained = forward.variables.filter(
    ({ kind, path }) => kind === 'weight' && !isFrozen(path),
  );
  const gradients = differentiate(
    b,
    loss,
    trained.map(({ value }) => value),
  );
  const weights = trained.filter(({ value }) => gradients.has(value));
  return { b, loss, logits, weights, gradients };
}

/**
 * One step of training as one graph, `train`. Inputs: the model's, the target (named as the output it is for), the
 * loss's weight if any, `learningRate` and `seed`. Output: `loss`. Updates: weights the loss depends on, the
 * optimiser's slots `optimizer/<path>/m`, averages `ema/<path>`, stored moments, the counter `optimizer/step`.
 * Throws `LossError` and `DifferentiationError`.
 */
export function trainingStep(model: Graph, options: TrainingOptions): Graph {
  const { b, loss, logits, weights, gradients } = differentiated(model, options, 'train');
  const scalars = { learningRate: b.input('learningRate', floatOf([])), step: stepOf(b) };
  b.output('loss', loss);
  if (options.inspect) {
    const named = options.loss.outputs
      ? logits.map(({ name, value }) => ({ name: `logits/${name}`, value }))
      : logits.map(({ name, value }) => ({
          name: `logits${/\[\d+\]$/.exec(name) ?? ''}`,
          value,
        }));
    for (const { name, value } of named) b.output(name, value);
  }
  const whole =
    (options.accumulate ?? 1) > 1 ? averaged(b, weights, gradients, options) : gradients;
  const taken = options.clip ? clipped(b, whole, options.clip) : whole;
  const moved = weights.map((weight) => {
    const gradient = taken.get(weight.value)!;
    if (options.inspect) b.output(`grad/${weight.path}`, gradient);
    return { weight, value: applyOptimiser(b, options.optimiser, weight, gradient, scalars) };
  });
  if (options.ema) averageWeights(b, moved, options.ema);
  b.update(stepPath, b.apply(increment, [scalars.step], {})[0]);
  return b.finish(model.symbols);
}

/** The mean of the gradients over all batches of a step, of which this is the last; what was added up is 0 again. */
function averaged(
  b: GraphBuilder,
  weights: readonly Variable[],
  gradients: ReadonlyMap<Value, Value>,
  { accumulate = 1 }: TrainingOptions,
): ReadonlyMap<Value, Value> {
  const { add, div } = arithmetic(b);
  return new Map(
    weights.map((weight) => {
      const { value } = weight;
      const sum = slotOf(b, weight, 'sum');
      b.update(sum.path, b.apply(fill, [], { value: 0, shape: value.type.shape })[0]);
      return [value, div(add(sum.value, gradients.get(value)!), accumulate)];
    }),
  );
}

/**
 * The function `accumulate`: the gradients of one batch are added to `optimizer/<path>/sum` and stored moments are folded
 * as in `train`; nothing else moves. Inputs as those of `train` but for `learningRate`; output: `loss`.
 */
export function accumulationStep(model: Graph, options: TrainingOptions): Graph {
  const { b, loss, weights, gradients } = differentiated(model, options, 'accumulate');
  b.output('loss', loss);
  for (const weight of weights) {
    const sum = slotOf(b, weight, 'sum');
    b.update(sum.path, arithmetic(b).add(sum.value, gradients.get(weight.value)!));
  }
  return b.finish(model.symbols);
}

/**
 * The function `validate`: the outputs as `predict` gives them, and beside them their `loss`. Inputs as those of `train` but
 * for `learningRate` and `seed`; nothing is updated.
 */
export function validationStep(model: Graph, options: LossOptions): Graph {
  const forward = toInference(model, 'validate');
  const b = GraphBuilder.continuing(forward);
  b.output('loss', joinLoss(b, forward, options).loss);
  return b.finish(model.symbols);
}
