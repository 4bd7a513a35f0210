import type { GraphBuilder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { relu } from '../ops/elementwise/relu.js';
import { sqrt } from '../ops/elementwise/sqrt.js';
import { sumOfAll } from './losses/means.js';

/**
 * The gradients, scaled down together where their norm, as of one vector, is above `limit` (Pascanu et al. 2013): each
 * times limit / max(norm, limit).
 */
export function clipped<Weight>(
  b: GraphBuilder,
  gradients: ReadonlyMap<Weight, Value>,
  limit: number,
): ReadonlyMap<Weight, Value> {
  if (gradients.size === 0) return gradients;
  const { add, div, mul, square, sub } = arithmetic(b);
  const squares = [...gradients.values()].map((gradient) => sumOfAll(b, square(gradient)));
  const [norm] = b.apply(sqrt, [squares.reduce((a, one) => add(a, one))], {});
  const [above] = b.apply(relu, [sub(norm, limit)], {});
  const scale = div(limit, add(limit, above));
  return new Map([...gradients].map(([weight, gradient]) => [weight, mul(gradient, scale)]));
}
