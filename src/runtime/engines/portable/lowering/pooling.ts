import { adaptiveAveragePool } from '../../../../compiler/ops/pooling/adaptive-average-pool.js';
import { adaptiveAveragePoolGradient } from '../../../../compiler/ops/pooling/adaptive-average-pool-gradient.js';
import { adaptiveMaxPool } from '../../../../compiler/ops/pooling/adaptive-max-pool.js';
import { adaptiveMaxPoolGradient } from '../../../../compiler/ops/pooling/adaptive-max-pool-gradient.js';
import { averagePoolGradient } from '../../../../compiler/ops/pooling/average-pool-gradient.js';
import type { PoolAttributes } from '../../../../compiler/ops/pooling/geometry.js';
import type { poolingOps } from '../../../../compiler/ops/pooling/index.js';
import { maxPoolGradient } from '../../../../compiler/ops/pooling/max-pool-gradient.js';
import { maxPoolWithSwitches } from '../../../../compiler/ops/pooling/max-pool-with-switches.js';
import { maxUnpool } from '../../../../compiler/ops/pooling/max-unpool.js';
import { takeSwitches } from '../../../../compiler/ops/pooling/take-switches.js';
import type { Kernels, WasmTensor } from '../kernels.js';
import { byReference } from './host.js';
import type { LoweringsOf } from './lowering.js';

const pooled =
  (kernel: string) =>
  (k: Kernels, [x]: readonly WasmTensor[], { window, strides, padding }: PoolAttributes) =>
    k.run(
      kernel,
      { x: x! },
      {
        filterSize: [...window],
        strides: [...strides],
        pad: padding === 'same' ? 'same' : 'valid',
      },
    );

export const poolingLowerings: LoweringsOf<typeof poolingOps> = {
  maxPool: pooled('MaxPool'),
  maxPoolGradient: byReference(maxPoolGradient),
  maxPoolWithSwitches: byReference(maxPoolWithSwitches, ['float32', 'int32']),
  maxUnpool: byReference(maxUnpool),
  takeSwitches: byReference(takeSwitches),
  averagePool: pooled('AvgPool'),
  averagePoolGradient: byReference(averagePoolGradient),
  adaptiveAveragePool: byReference(adaptiveAveragePool),
  adaptiveAveragePoolGradient: byReference(adaptiveAveragePoolGradient),
  adaptiveMaxPool: byReference(adaptiveMaxPool),
  adaptiveMaxPoolGradient: byReference(adaptiveMaxPoolGradient),
};
