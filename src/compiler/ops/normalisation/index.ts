import { batchNorm } from './batch-norm.js';
import { batchNormGradient } from './batch-norm-gradient.js';
import { batchNormTrain } from './batch-norm-train.js';

export const normalisationOps = { batchNorm, batchNormTrain, batchNormGradient };
