import type { GraphBuilder } from '../graph/builder.js';
import type { Value, Variable } from '../graph/graph.js';
import { constant } from '../graph/initializer.js';
import { adam } from '../ops/optimiser/adam.js';
import { momentum } from '../ops/optimiser/momentum.js';
import { sgd } from '../ops/optimiser/sgd.js';

export type OptimiserOptions =
  | {
      readonly kind: 'adam';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    }
  | { readonly kind: 'sgd'; readonly momentum: number };

/** Adds the update of one weight by its gradient, and those of the optimiser's slots for it. */
export function applyOptimiser(
  b: GraphBuilder,
  options: OptimiserOptions,
  { path, value: w }: Variable,
  gradient: Value,
  { learningRate, step }: { readonly learningRate: Value; readonly step: Value },
): void {
  const slot = (name: string): { path: string; value: Value } => {
    const slotPath = `optimizer/${path}/${name}`;
    return { path: slotPath, value: b.variable(slotPath, 'slot', w.type, constant(0)) };
  };
  if (options.kind === 'adam') {
    const { kind: _, ...attributes } = options;
    const [m, v] = [slot('m'), slot('v')];
    const operands = [w, m.value, v.value, gradient, learningRate, step];
    const results = b.apply(adam, operands, attributes);
    [path, m.path, v.path].forEach((updated, i) => {
      b.update(updated, results[i]);
    });
  } else if (options.momentum === 0) {
    b.update(path, b.apply(sgd, [w, gradient, learningRate], {})[0]);
  } else {
    const velocity = slot('velocity');
    const operands = [w, velocity.value, gradient, learningRate];
    const [moved, speed] = b.apply(momentum, operands, { momentum: options.momentum });
    b.update(path, moved);
    b.update(velocity.path, speed);
  }
}
