import type { GraphBuilder } from '../../ir/builder.js';
import type { Value } from '../../ir/graph.js';
import { arithmetic } from '../../ops/elementwise/arithmetic.js';
import { sigmoidCrossEntropy } from '../../ops/loss/sigmoid-cross-entropy.js';
import { softmaxCrossEntropy } from '../../ops/loss/softmax-cross-entropy.js';
import { channelsOf } from '../../ops/values.js';
import { sigmoidFocal, softmaxFocal } from './focal.js';
import { meanOf, weightByClass } from './means.js';
import { type Criterion, type LossEnd, lossDefaults } from './options.js';
import { diceOverlap, overlapLoss } from './overlap.js';

/** One output and what it is held to; `weight` is [N, H, W, 1], how much a pixel counts. */
export interface Compared {
  readonly end: LossEnd;
  /** What goes into the output's sigmoid or softmax. */
  readonly logits: Value;
  /** What comes out of it. */
  readonly probabilities: Value;
  readonly target: Value;
  readonly weight: Value | null;
}

type Loss = (b: GraphBuilder, compared: Compared, criterion: Criterion) => Value;

const meanByClass = (
  b: GraphBuilder,
  { end, target, weight }: Compared,
  { classWeights }: Criterion,
  each: Value,
): Value =>
  meanOf(b, each, weightByClass(b, target, weight, classWeights ?? null, end === 'softmax'));

const crossEntropy: Loss = (b, compared, criterion) => {
  const op = compared.end === 'sigmoid' ? sigmoidCrossEntropy : softmaxCrossEntropy;
  const [each] = b.apply(op, [compared.logits, compared.target], {});
  return meanByClass(b, compared, criterion, each);
};

const focal: Loss = (b, compared, criterion) => {
  const { logits, target, end } = compared;
  const { gamma = lossDefaults.gamma, alpha = lossDefaults.alpha.focal } = criterion;
  const each =
    end === 'sigmoid'
      ? sigmoidFocal(b, logits, target, gamma, alpha)
      : softmaxFocal(b, logits, target, gamma);
  return meanByClass(b, compared, criterion, each);
};

const overlap =
  (of: (criterion: Criterion) => Parameters<typeof overlapLoss>[4]): Loss =>
  (b, { end, probabilities, target, weight }, criterion) => {
    const { background = lossDefaults.background, classWeights = null } = criterion;
    const first = end === 'softmax' && !background ? 1 : 0;
    const single = end === 'sigmoid' && channelsOf(probabilities) === 1;
    const numbers = single ? null : classWeights;
    return overlapLoss(b, probabilities, target, weight, of(criterion), { first, numbers });
  };

const dice = overlap(({ smooth = lossDefaults.smooth }) => diceOverlap(smooth));

const tversky = overlap(
  ({
    alpha = lossDefaults.alpha.tversky,
    beta = lossDefaults.beta,
    smooth = lossDefaults.smooth,
  }) => ({ falsePositives: alpha ?? 0, falseNegatives: beta, smooth }),
);

const withDice: Loss = (b, compared, criterion) =>
  arithmetic(b).add(crossEntropy(b, compared, criterion), dice(b, compared, criterion));

const losses: Readonly<Record<Criterion['kind'], Loss>> = {
  bce: crossEntropy,
  dice,
  'bce+dice': withDice,
  focal,
  tversky,
  'cross-entropy': crossEntropy,
  'cross-entropy+dice': withDice,
};

/** Adds the scalar loss of one output to `b`. */
export const lossOf: Loss = (b, compared, criterion) =>
  losses[criterion.kind](b, compared, criterion);
