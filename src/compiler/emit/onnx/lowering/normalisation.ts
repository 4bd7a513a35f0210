import type { normalisationOps } from '../../../ops/normalisation/index.js';
import { float } from '../proto.js';
import { type EntriesOf, trainingOnly } from './lowering.js';

export const normalisationEntries: EntriesOf<typeof normalisationOps> = {
  batchNorm: (e, { operands }, { epsilon }) =>
    e.add(
      'BatchNormalization',
      operands.map((operand) => e.get(operand)),
      { epsilon: float(epsilon) },
    ),
  batchNormTrain: trainingOnly,
  batchNormByMoments: trainingOnly,
  batchNormGradient: trainingOnly,
};
