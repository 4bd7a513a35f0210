import { averagePool } from './average-pool.js';
import { averagePoolGradient } from './average-pool-gradient.js';
import { maxPool } from './max-pool.js';
import { maxPoolGradient } from './max-pool-gradient.js';

export const poolingOps = { maxPool, maxPoolGradient, averagePool, averagePoolGradient };
