import type { GraphBuilder } from '../../ir/builder.js';
import type { Value } from '../../ir/graph.js';
import { arithmetic } from '../../ops/elementwise/arithmetic.js';
import { log } from '../../ops/elementwise/log.js';
import { softmax } from '../../ops/elementwise/softmax.js';
import { softplus } from '../../ops/elementwise/softplus.js';
import { softmaxCrossEntropy } from '../../ops/loss/softmax-cross-entropy.js';
import { reduceSum } from '../../ops/reduction/reduce-sum.js';

/**
 * The focal loss of each element (Lin et al. 2017): -alpha t (1 - s)^gamma log s - (1 - alpha) (1 - t) s^gamma log(1 - s),
 * with s the sigmoid of the logit; without alpha both parts count whole. As -log s = softplus(-x) and
 * 1 - s = exp(-softplus(x)), nothing overflows and no difference from 1 is taken.
 */
export function sigmoidFocal(
  b: GraphBuilder,
  logits: Value,
  target: Value,
  gamma: number,
  alpha: number | null,
): Value {
  const { add, exp, mul, neg, sub } = arithmetic(b);
  const lacksForeground = b.apply(softplus, [neg(logits)], {})[0];
  const lacksBackground = b.apply(softplus, [logits], {})[0];
  const focused = (surprise: Value, other: Value): Value => mul(exp(mul(other, -gamma)), surprise);
  const foreground = mul(target, focused(lacksForeground, lacksBackground));
  const background = mul(sub(1, target), focused(lacksBackground, lacksForeground));
  if (alpha === null) return add(foreground, background);
  return add(mul(foreground, alpha), mul(background, 1 - alpha));
}

/** Below every probability that float32 tells from 0; it keeps the logarithm finite where all is sure. */
const least = 1e-30;

/**
 * (1 - p)^gamma times the cross-entropy, with p the softmax's probability of the class that is 1 in the target:
 * [N, H, W, C] -> [N, H, W, 1]. What p lacks is summed from the other classes.
 */
export function softmaxFocal(b: GraphBuilder, logits: Value, target: Value, gamma: number): Value {
  const { add, exp, mul, sub } = arithmetic(b);
  const [surprise] = b.apply(softmaxCrossEntropy, [logits, target], {});
  const [probabilities] = b.apply(softmax, [logits], {});
  const others = mul(probabilities, sub(1, target));
  const [lacking] = b.apply(reduceSum, [others], { axes: [3], keepDims: true });
  const [power] = b.apply(log, [add(lacking, least)], {});
  return mul(exp(mul(power, gamma)), surprise);
}
