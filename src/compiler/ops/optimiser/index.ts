import { adam } from './adam.js';
import { increment } from './increment.js';
import { lerp } from './lerp.js';
import { momentum } from './momentum.js';
import { select } from './select.js';
import { sgd } from './sgd.js';

export const optimiserOps = { adam, increment, lerp, momentum, select, sgd };
