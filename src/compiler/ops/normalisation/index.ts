import { batchNorm } from './batch-norm.js';
import { batchNormByMoments } from './batch-norm-by-moments.js';
import { batchNormGradient } from './batch-norm-gradient.js';
import { batchNormTrain } from './batch-norm-train.js';

export const normalisationOps = {
  batchNorm,
  batchNormTrain,
  batchNormByMoments,
  batchNormGradient,
};
