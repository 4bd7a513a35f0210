import { reduceMax } from './reduce-max.js';
import { reduceMean } from './reduce-mean.js';
import { reduceSum } from './reduce-sum.js';

export const reductionOps = { reduceMax, reduceMean, reduceSum };
