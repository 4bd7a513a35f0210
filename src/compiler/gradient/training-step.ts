import type { GraphBuilder } from '../ir/builder.js';
import type { Update, Value, Variable } from '../ir/graph.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { increment } from '../ops/optimiser/increment.js';
import { fill } from '../ops/structure/fill.js';
import { floatOf } from '../ops/values.js';
import { type Frozen, stepOf, stepPath } from '../passes/mode.js';
import type { StepMemory } from '../passes/recompute/memories.js';
import { averageWeights } from './average.js';
import { clipped } from './clip.js';
import type { JoinedLoss, LossOptions } from './loss.js';
import { allFinite, finiteOf, keepUnless, kept, skipUnless, unscaled } from './loss-scale.js';
import { applyOptimiser, type OptimiserOptions, slotOf } from './optimiser.js';

/** How a model is trained, as an experiment says it. */
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
  /** What a step keeps; `normal` unless given. */
  readonly memory?: StepMemory;
  /**
   * Whether convolutions of the gradient's functions may be computed in half precision: the loss is scaled, and a step whose
   * gradients are not all finite is skipped.
   */
  readonly mixed?: boolean;
  /** Whether a step whose loss or gradients are not all finite changes no variable, and says so by the output `skipped`. */
  readonly skip?: boolean;
  /** Whether there is a function `validate`. */
  readonly validate?: boolean;
  /** Also gives `logits` (`logits[0]`, ... of a list) and `grad/<weight path>`, for comparison with other software. */
  readonly inspect?: boolean;
}

/** By weight. */
export type Gradients = ReadonlyMap<Variable, Value>;

/**
 * Adds the updates of weights, the optimiser's slots `optimizer/<path>/m`, averages `ema/<path>` and the counter
 * `optimizer/step`, with the input `learningRate`.
 */
export function addUpdates(
  b: GraphBuilder,
  { logits, loss }: JoinedLoss,
  gradients: Gradients,
  options: TrainingOptions,
): void {
  const statistics = options.skip ? b.takeUpdates() : [];
  const scalars = { learningRate: b.input('learningRate', floatOf([])), step: stepOf(b) };
  if (options.inspect) {
    for (const { name, value } of logits) {
      const index = /\[\d+\]$/.exec(name)?.[0] ?? '';
      b.output(options.loss.outputs ? `logits/${name}` : `logits${index}`, value);
    }
  }
  const scaled = (options.accumulate ?? 1) > 1 ? averaged(b, gradients, options) : gradients;
  const whole = options.mixed ? unscaled(b, scaled) : scaled;
  // Running statistics, which are of the forward pass, and sums of gradients, which begin anew.
  const unskipped = options.mixed || options.skip ? b.takeUpdates() : [];
  const taken = options.clip ? clipped(b, whole, options.clip) : whole;
  const moved = [...taken].map(([weight, gradient]) => {
    if (options.inspect) b.output(`grad/${weight.path}`, gradient);
    return { weight, value: applyOptimiser(b, options.optimiser, weight, gradient, scalars) };
  });
  if (options.ema) averageWeights(b, moved, options.ema);
  b.update(stepPath, b.apply(increment, [scalars.step], {})[0]);
  const finite = options.mixed || options.skip ? allFinite(b, scaled) : null;
  if (finite && options.mixed) skipUnless(b, finite);
  const own = options.skip ? finiteOf(b, loss) : null;
  // Of a scaled loss, gradients alone may be too large: that is the scale's matter.
  const isScaled = options.mixed && (options.accumulate ?? 1) === 1;
  if (finite && own)
    skipUnlessWhole(b, isScaled ? own : arithmetic(b).mul(own, finite), statistics);
  for (const { path, value } of unskipped) b.update(path, value);
}

/** With `whole` 0 no variable moves, running statistics among them, and the output `skipped` is 1. */
function skipUnlessWhole(b: GraphBuilder, whole: Value, statistics: readonly Update[]): void {
  keepUnless(b, whole);
  for (const { path, value } of statistics) b.update(path, kept(b, whole, path, value));
  b.output('skipped', arithmetic(b).sub(1, whole));
}

/** The mean of the gradients over all batches of a step, of which this is the last; what was added up is 0 again. */
function averaged(
  b: GraphBuilder,
  gradients: Gradients,
  { accumulate = 1 }: TrainingOptions,
): Gradients {
  const { add, div } = arithmetic(b);
  return new Map(
    [...gradients].map(([weight, gradient]) => {
      const sum = slotOf(b, weight, 'sum');
      const { shape } = weight.value.type;
      b.update(sum.path, b.apply(fill, [], { value: 0, shape })[0]);
      return [weight, div(add(sum.value, gradient), accumulate)];
    }),
  );
}

/**
 * Adds the gradients of one batch to `optimizer/<path>/sum`; nothing else moves. What is not finite is added too, so that the step is
 * skipped as a whole; running statistics stay.
 */
export function addToSums(
  b: GraphBuilder,
  { loss }: JoinedLoss,
  gradients: Gradients,
  { skip }: TrainingOptions,
): void {
  if (skip) keepUnless(b, finiteOf(b, loss));
  for (const [weight, gradient] of gradients) {
    const sum = slotOf(b, weight, 'sum');
    b.update(sum.path, arithmetic(b).add(sum.value, gradient));
  }
}
