import { adaptiveAveragePool } from './adaptive-average-pool.js';
import { adaptiveAveragePoolGradient } from './adaptive-average-pool-gradient.js';
import { adaptiveMaxPool } from './adaptive-max-pool.js';
import { adaptiveMaxPoolGradient } from './adaptive-max-pool-gradient.js';
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
  adaptiveAveragePool,
  adaptiveAveragePoolGradient,
  adaptiveMaxPool,
  adaptiveMaxPoolGradient,
};
