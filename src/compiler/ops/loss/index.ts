import { sigmoidCrossEntropy } from './sigmoid-cross-entropy.js';
import { softmaxCrossEntropy } from './softmax-cross-entropy.js';

export const lossOps = { sigmoidCrossEntropy, softmaxCrossEntropy };
