import type { GraphBuilder } from '../ir/builder.js';
import type { Value, Variable } from '../ir/graph.js';
import { constant } from '../ir/initializer.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { relu } from '../ops/elementwise/relu.js';
import { lerp } from '../ops/optimiser/lerp.js';
import { floatOf } from '../ops/values.js';

/** The moving average of the weight at `path`. */
export const averagePath = (path: string): string => `ema/${path}`;

/** How many steps the averages have seen. */
export const averagedPath = 'optimizer/averaged';

/**
 * Adds an exponential moving average of each weight, updated with its new value:
 * average = d average + (1 - d) weight, with d = min(decay, t / (9 + t)) in step t = 0, 1, ..., so that it begins as the
 * weights after the first step and is not held back by them.
 */
export function averageWeights(
  b: GraphBuilder,
  moved: readonly { readonly weight: Variable; readonly value: Value }[],
  decay: number,
): void {
  const { add, div, sub } = arithmetic(b);
  const step = b.variable(averagedPath, 'slot', floatOf([]), constant(0));
  const least = 1 - decay;
  // The greater of two numbers: a + relu(b - a).
  const [above] = b.apply(relu, [sub(div(9, add(step, 9)), least)], {});
  const share = add(above, least);
  for (const { weight, value } of moved) {
    const path = averagePath(weight.path);
    const average = b.variable(path, 'slot', weight.value.type, constant(0));
    b.update(path, b.apply(lerp, [average, value, share], {})[0]);
  }
  b.update(averagedPath, add(step, 1));
}
