import { averagePool } from './average-pool.js';
import { averagePoolGradient } from './average-pool-gradient.js';
import { maxPool } from './max-pool.js';
import { maxPoolGradient } from './max-pool-gradient.js';
import { maxPoolWithSwitches } from './max-pool-with-switches.js';
import { maxUnpool } from './max-unpool.js';
import { takeSwitches } from './take-switches.js';

export const poolingOps = {
  maxPool,
  maxPoolGradient,
  maxPoolWithSwitches,
  maxUnpool,
  takeSwitches,
  averagePool,
  averagePoolGradient,
};
