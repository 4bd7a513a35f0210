import type { elementwiseOps } from '../../../ops/elementwise/index.js';
import type { Emitter } from '../emitter.js';
import { real, type Tensor } from '../graphdef.js';
import { DataType } from '../proto.js';
import type { LoweringsOf } from './lowering.js';

/** One TensorFlow operation with the same operands and meaning. */
const as =
  (op: string) =>
  (e: Emitter, operands: readonly Tensor[]): Tensor =>
    e.float(op, operands);

const oneWhere = (e: Emitter, truth: Tensor): Tensor =>
  e.cast(truth, DataType.bool, DataType.float);

export const elementwiseLowerings: LoweringsOf<typeof elementwiseOps> = {
  abs: as('Abs'),
  add: as('AddV2'),
  biasAdd: as('BiasAdd'),
  div: as('RealDiv'),
  elu: (e, [x]) => {
    // Elu takes 1 off exp(x), which near 0 leaves few digits.
    const below = e.float('Expm1', [e.float('Minimum', [x, e.scalar(0)])]);
    return e.float('AddV2', [e.float('Relu', [x]), below]);
  },
  equal: (e, operands) => oneWhere(e, e.float('Equal', operands)),
  erf: as('Erf'),
  exp: as('Exp'),
  gelu: (e, [x]) => {
    const share = e.float('Erf', [e.float('Mul', [x, e.scalar(Math.SQRT1_2)])]);
    const half = e.float('Mul', [x, e.scalar(0.5)]);
    return e.float('Mul', [half, e.float('AddV2', [share, e.scalar(1)])]);
  },
  hardSigmoid: (e, [x]) => {
    const line = e.float('AddV2', [e.float('Mul', [x, e.scalar(0.2)]), e.scalar(0.5)]);
    return e.float('ClipByValue', [line, e.scalar(0), e.scalar(1)]);
  },
  leakyRelu: (e, operands, { slope }) => e.float('LeakyRelu', operands, { alpha: real(slope) }),
  log: as('Log'),
  mul: as('Mul'),
  neg: as('Neg'),
  relu: as('Relu'),
  reluGradient: as('ReluGrad'),
  rsqrt: as('Rsqrt'),
  sigmoid: as('Sigmoid'),
  sigmoidGradient: (e, [g, y]) => e.float('SigmoidGrad', [y, g]),
  silu: (e, [x]) => e.float('Mul', [x, e.float('Sigmoid', [x])]),
  softmax: as('Softmax'),
  softplus: as('Softplus'),
  sqrt: as('Sqrt'),
  square: as('Square'),
  step: (e, [x]) => oneWhere(e, e.float('Greater', [x, e.scalar(0)])),
  sub: as('Sub'),
  tanh: as('Tanh'),
};
