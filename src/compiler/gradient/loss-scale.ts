import type { GraphBuilder } from '../ir/builder.js';
import type { Value, Variable } from '../ir/graph.js';
import { constant } from '../ir/initializer.js';
import { abs } from '../ops/elementwise/abs.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { relu } from '../ops/elementwise/relu.js';
import { select } from '../ops/optimiser/select.js';
import { floatOf } from '../ops/values.js';
import { sumOfAll } from './losses/means.js';

/** What the loss is multiplied by before its gradient is taken: a power of two. */
export const scalePath = 'optimizer/scale';
/** Steps since the scale changed, none of them skipped. */
export const steadyPath = 'optimizer/steady';

/** Where it starts, how far it rises, and after how many steps without a skipped one it doubles. */
export const scaling = { first: 2 ** 16, most: 2 ** 24, interval: 2000 } as const;

/** Above this the gradients' magnitudes together do not fit float32. */
const greatest = 3e38;

const variable = (b: GraphBuilder, path: string, first: number): Value =>
  b.variableAt(path)?.value ?? b.variable(path, 'slot', floatOf([]), constant(first));

export const scaleOf = (b: GraphBuilder): Value => variable(b, scalePath, scaling.first);

/** 1 where the gradients have neither NaN nor infinity, and their magnitudes together fit float32, else 0. */
export function allFinite(b: GraphBuilder, gradients: ReadonlyMap<Variable, Value>): Value {
  const { add, step, sub } = arithmetic(b);
  const sums = [...gradients.values()].map((gradient) =>
    sumOfAll(b, b.apply(abs, [gradient], {})[0]),
  );
  // Of a NaN nothing is above 0.
  return step(sub(greatest, sums.length === 0 ? 0 : sums.reduce((a, one) => add(a, one))));
}

/** 1 where a number is neither NaN nor infinite, else 0. */
export function finiteOf(b: GraphBuilder, value: Value): Value {
  const { step, sub } = arithmetic(b);
  return step(sub(greatest, b.apply(abs, [value], {})[0]));
}

/** The new value of the variable at `path`, or the one it has where `condition` is 0. */
export function kept(b: GraphBuilder, condition: Value, path: string, value: Value): Value {
  return b.apply(select, [condition, value, b.variableAt(path)!.value], {})[0];
}

/** Every variable that is updated so far keeps its value where `condition` is 0. */
export function keepUnless(b: GraphBuilder, condition: Value): void {
  for (const { path, value } of b.takeUpdates()) b.update(path, kept(b, condition, path, value));
}

/** The gradients of the loss from those of the scaled one: exact, as the scale is a power of two. */
export function unscaled(
  b: GraphBuilder,
  gradients: ReadonlyMap<Variable, Value>,
): ReadonlyMap<Variable, Value> {
  const { div } = arithmetic(b);
  const scale = scaleOf(b);
  return new Map([...gradients].map(([weight, gradient]) => [weight, div(gradient, scale)]));
}

/**
 * Every variable that is updated so far keeps its value unless `finite` is 1. The scale is halved, to 1 at the least, where the step is
 * skipped, and doubled after `interval` steps that were not (Micikevicius et al. 2018).
 */
export function skipUnless(b: GraphBuilder, finite: Value): void {
  keepUnless(b, finite);
  const { add, equal, mul, sub } = arithmetic(b);
  const [scale, steady] = [scaleOf(b), variable(b, steadyPath, 0)];
  const either = (condition: Value, a: Value, other: Value): Value =>
    b.apply(select, [condition, a, other], {})[0];
  const positive = (x: Value): Value => b.apply(relu, [x], {})[0];
  const next = add(steady, 1);
  const isDue = equal(next, scaling.interval);
  const doubled = mul(scale, 2);
  // The lesser of two numbers as a - relu(a - b), the greater as b + relu(a - b).
  const risen = sub(doubled, positive(sub(doubled, scaling.most)));
  const halved = add(1, positive(sub(mul(scale, 0.5), 1)));
  b.update(scalePath, either(finite, either(isDue, risen, scale), halved));
  const zero = b.constant(0);
  b.update(steadyPath, either(finite, either(isDue, zero, next), zero));
}
