import type { elementwiseOps } from '../../../../compiler/ops/elementwise/index.js';
import type { Kernels, WasmTensor } from '../kernels.js';
import { scalar } from './host.js';
import type { LoweringsOf } from './lowering.js';

type Unary = (k: Kernels, operands: readonly WasmTensor[]) => WasmTensor;

/** The kernel of one operand with the same meaning. */
const one =
  (kernel: string, attributes: Readonly<Record<string, unknown>> = {}): Unary =>
  (k, [x]) =>
    k.run(kernel, { x: x! }, attributes);

/** The kernel of two operands with the same meaning; it broadcasts. */
const two =
  (kernel: string): Unary =>
  (k, [a, b]) =>
    k.run(kernel, { a: a!, b: b! });

const [add, mul, sub, sigmoid] = [two('Add'), two('Multiply'), two('Sub'), one('Sigmoid')];

const oneWhere = (k: Kernels, truth: WasmTensor): WasmTensor =>
  k.run('Cast', { x: truth }, { dtype: 'float32' });

export const elementwiseLowerings: LoweringsOf<typeof elementwiseOps> = {
  abs: one('Abs'),
  add,
  biasAdd: add,
  div: two('RealDiv'),
  elu: one('Elu'),
  equal: (k, operands) => oneWhere(k, two('Equal')(k, operands)),
  erf: one('Erf'),
  exp: one('Exp'),
  gelu(k, [x]) {
    const share = k.run('Erf', { x: mul(k, [x, scalar(k, Math.SQRT1_2)]) });
    const half = mul(k, [x, scalar(k, 0.5)]);
    return mul(k, [half, add(k, [share, scalar(k, 1)])]);
  },
  hardSigmoid(k, [x]) {
    const line = add(k, [mul(k, [x, scalar(k, 0.2)]), scalar(k, 0.5)]);
    return k.run('ClipByValue', { x: line }, { clipValueMin: 0, clipValueMax: 1 });
  },
  leakyRelu: (k, [x], { slope }) => k.run('LeakyRelu', { x }, { alpha: slope }),
  log: one('Log'),
  mul,
  neg: one('Neg'),
  relu: one('Relu'),
  reluGradient: (k, [g, y]) => mul(k, [g, k.run('Step', { x: y }, { alpha: 0 })]),
  rsqrt: one('Rsqrt'),
  sigmoid,
  sigmoidGradient: (k, [g, y]) => mul(k, [g, mul(k, [y, sub(k, [scalar(k, 1), y])])]),
  silu: (k, [x]) => mul(k, [x, sigmoid(k, [x])]),
  softmax: (k, [logits]) => k.run('Softmax', { logits }, { dim: logits.shape.length - 1 }),
  softplus: one('Softplus'),
  sqrt: one('Sqrt'),
  square: one('Square'),
  // The kernel Step leaves a NaN one, of which nothing is above 0.
  step: (k, [x]) => oneWhere(k, two('Greater')(k, [x, scalar(k, 0)])),
  sub,
  tanh: one('Tanh'),
};
