import { increment } from '../../../../compiler/ops/optimiser/increment.js';
import type { optimiserOps } from '../../../../compiler/ops/optimiser/index.js';
import { byReference, computed } from './host.js';
import type { LoweringsOf } from './lowering.js';

/** One pass over the weights each: there is no kernel for any of them. */
export const optimiserLowerings: LoweringsOf<typeof optimiserOps> = {
  adam: (k, operands, { beta1, beta2, epsilon }, shapes) =>
    computed(k, shapes, operands, ([newW, newM, newV], [w, m, v, g, lr, step]) => {
      const [rate, t] = [lr![0]!, step![0]! + 1];
      const [share1, share2] = [1 - beta1 ** t, 1 - beta2 ** t];
      for (let i = 0; i < w!.length; i++) {
        const mean = beta1 * m![i]! + (1 - beta1) * g![i]!;
        const square = beta2 * v![i]! + (1 - beta2) * g![i]! * g![i]!;
        newM![i] = mean;
        newV![i] = square;
        newW![i] = w![i]! - (rate * (mean / share1)) / (Math.sqrt(square / share2) + epsilon);
      }
    }),
  sgd: (k, operands, _, shapes) =>
    computed(k, shapes, operands, ([newW], [w, g, lr]) => {
      const rate = lr![0]!;
      for (let i = 0; i < w!.length; i++) newW![i] = w![i]! - rate * g![i]!;
    }),
  momentum: (k, operands, attributes, shapes) =>
    computed(k, shapes, operands, ([newW, newSpeed], [w, velocity, g, lr]) => {
      const rate = lr![0]!;
      for (let i = 0; i < w!.length; i++) {
        const speed = attributes.momentum * velocity![i]! + g![i]!;
        newSpeed![i] = speed;
        newW![i] = w![i]! - rate * speed;
      }
    }),
  increment: byReference(increment, ['int32']),
  select: (k, [condition, a, b]) => (k.view(condition)[0] === 0 ? b : a),
  lerp: (k, operands, _, shapes) =>
    computed(k, shapes, operands, ([y], [a, b, t]) => {
      const share = t![0]!;
      for (let i = 0; i < a!.length; i++) y![i] = a![i]! + share * (b![i]! - a![i]!);
    }),
};
