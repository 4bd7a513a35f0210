import type { PoolAttributes } from '../../../ops/pooling/geometry.js';
import type { poolingOps } from '../../../ops/pooling/index.js';
import { type Attrs, integers, text } from '../graphdef.js';
import type { LoweringsOf } from './lowering.js';

const poolAttrs = ({ window, strides, padding }: PoolAttributes): Attrs => ({
  ksize: integers([1, ...window, 1]),
  strides: integers([1, ...strides, 1]),
  padding: text(padding.toUpperCase()),
});

export const poolingLowerings: LoweringsOf<typeof poolingOps> = {
  maxPool: (e, operands, attributes) => e.float('MaxPool', operands, poolAttrs(attributes)),
  maxPoolGradient: (e, operands, attributes) =>
    e.float('MaxPoolGrad', operands, poolAttrs(attributes)),
  averagePool: (e, operands, attributes) => e.float('AvgPool', operands, poolAttrs(attributes)),
  averagePoolGradient: (e, [g], attributes) =>
    e.float('AvgPoolGrad', [e.shape(attributes.shape), g], poolAttrs(attributes)),
};
