import type { GraphBuilder } from '../ir/builder.js';
import type { Update, Value, Variable } from '../ir/graph.js';
import { constant } from '../ir/initializer.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { adam } from '../ops/optimiser/adam.js';
import { momentum } from '../ops/optimiser/momentum.js';
import { sgd } from '../ops/optimiser/sgd.js';

interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export type OptimiserOptions =
  /** `weightDecay` is of the squared weights: its gradient is added to the loss's. */
  | ({ readonly kind: 'adam'; readonly weightDecay?: number } & AdamOptions)
  /** `weightDecay` is apart from the gradient (Loshchilov and Hutter 2019). */
  | ({ readonly kind: 'adamw'; readonly weightDecay: number } & AdamOptions)
  | {
      readonly kind: 'sgd';
      readonly momentum: number;
      readonly nesterov?: boolean;
      readonly weightDecay?: number;
    };

interface Scalars {
  readonly learningRate: Value;
  readonly step: Value;
}

/** A variable that the optimiser keeps beside a weight, 0 at first. */
export function slotOf(
  b: GraphBuilder,
  { path, value }: Variable,
  name: string,
): { readonly path: string; readonly value: Value } {
  const slotPath = `optimizer/${path}/${name}`;
  return { path: slotPath, value: b.variable(slotPath, 'slot', value.type, constant(0)) };
}

/** Biases, and the vectors of norms and of PReLU, are not drawn to 0; kernels are. */
const decays = ({ value }: Variable): boolean => value.type.shape.length > 1;

/**
 * Adds the update of one weight by its gradient, and those of the optimiser's slots for it, as PyTorch has them.
 * Gives the weight's new value.
 */
export function applyOptimiser(
  b: GraphBuilder,
  options: OptimiserOptions,
  weight: Variable,
  gradient: Value,
  scalars: Scalars,
): Value {
  const { add, mul, sub } = arithmetic(b);
  const decay = decays(weight) ? (options.weightDecay ?? 0) : 0;
  const coupled = options.kind === 'adamw' ? 0 : decay;
  const g = coupled === 0 ? gradient : add(gradient, mul(weight.value, coupled));
  const { moved, slots } =
    options.kind === 'sgd'
      ? descended(b, options, weight, g, scalars.learningRate)
      : adapted(b, options, weight, g, scalars);
  // Adam adds its step to the weight, so the decayed weight may as well come after.
  const decayed =
    options.kind === 'adamw' && decay !== 0
      ? sub(moved, mul(weight.value, mul(scalars.learningRate, decay)))
      : moved;
  b.update(weight.path, decayed);
  for (const { path, value } of slots) b.update(path, value);
  return decayed;
}

/** A weight's new value and the optimiser's own. */
interface Moved {
  readonly moved: Value;
  readonly slots: readonly Update[];
}

function adapted(
  b: GraphBuilder,
  { beta1, beta2, epsilon }: AdamOptions,
  weight: Variable,
  gradient: Value,
  { learningRate, step }: Scalars,
): Moved {
  const [m, v] = [slotOf(b, weight, 'm'), slotOf(b, weight, 'v')];
  const operands = [weight.value, m.value, v.value, gradient, learningRate, step] as const;
  const [moved, newM, newV] = b.apply(adam, operands, { beta1, beta2, epsilon });
  return {
    moved,
    slots: [
      { path: m.path, value: newM },
      { path: v.path, value: newV },
    ],
  };
}

function descended(
  b: GraphBuilder,
  options: Extract<OptimiserOptions, { kind: 'sgd' }>,
  weight: Variable,
  gradient: Value,
  learningRate: Value,
): Moved {
  const down = (along: Value): Value => b.apply(sgd, [weight.value, along, learningRate], {})[0];
  if (options.momentum === 0) return { moved: down(gradient), slots: [] };
  const { add, mul } = arithmetic(b);
  const velocity = slotOf(b, weight, 'velocity');
  const operands = [weight.value, velocity.value, gradient, learningRate] as const;
  const [moved, speed] = b.apply(momentum, operands, { momentum: options.momentum });
  const slots = [{ path: velocity.path, value: speed }];
  if (!options.nesterov) return { moved, slots };
  return { moved: down(add(gradient, mul(speed, options.momentum))), slots };
}
