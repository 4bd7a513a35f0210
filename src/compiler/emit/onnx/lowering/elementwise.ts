import type { Node } from '../../../ir/graph.js';
import type { elementwiseOps } from '../../../ops/elementwise/index.js';
import { placeOf } from '../../layout.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graph.js';
import { DataType, float, int } from '../proto.js';
import { type EntriesOf, trainingOnly } from './lowering.js';

/** One ONNX operation with the same operands and meaning. */
const as =
  (op: string) =>
  (e: Emitter, { operands }: Node): Tensor =>
    e.add(
      op,
      operands.map((operand) => e.get(operand)),
    );

const oneWhere = (e: Emitter, truth: Tensor): Tensor =>
  e.add('Cast', [truth], { to: int(DataType.float) });

export const elementwiseEntries: EntriesOf<typeof elementwiseOps> = {
  abs: as('Abs'),
  add: as('Add'),
  biasAdd(e, { operands: [x, bias] }) {
    if (e.biases.has(x.id)) return e.get(x);
    if (x.type.shape.length !== 4) return e.add('Add', [e.get(x), e.get(bias)]);
    const channels = e.add('Unsqueeze', [e.get(bias), e.integers([1, 2])]);
    return e.add('Add', [e.get(x), channels]);
  },
  div: as('Div'),
  elu(e, { operands: [operand] }) {
    // Elu takes 1 off exp(x), which near 0 leaves few digits: it is tanh(x / 2) (exp(x) + 1).
    const x = e.get(operand);
    const below = e.add('Min', [x, e.scalar(0)]);
    const near = e.add('Tanh', [e.add('Mul', [below, e.scalar(0.5)])]);
    const far = e.add('Add', [e.add('Exp', [below]), e.scalar(1)]);
    return e.add('Add', [e.add('Relu', [x]), e.add('Mul', [near, far])]);
  },
  equal: (e, node) => oneWhere(e, as('Equal')(e, node)),
  erf: as('Erf'),
  exp: as('Exp'),
  gelu: as('Gelu'),
  hardSigmoid: (e, { operands: [x] }) =>
    e.add('HardSigmoid', [e.get(x)], { alpha: float(0.2), beta: float(0.5) }),
  leakyRelu: (e, { operands: [x] }, { slope }) =>
    e.add('LeakyRelu', [e.get(x)], { alpha: float(slope) }),
  log: as('Log'),
  mul: as('Mul'),
  neg: as('Neg'),
  relu: as('Relu'),
  reluGradient: trainingOnly,
  rsqrt: (e, node) => e.add('Reciprocal', [as('Sqrt')(e, node)]),
  sigmoid: as('Sigmoid'),
  sigmoidGradient: trainingOnly,
  silu: (e, { operands: [x] }) => e.add('Mul', [e.get(x), e.add('Sigmoid', [e.get(x)])]),
  softmax(e, { operands: [x] }) {
    const rank = x.type.shape.length;
    return e.add('Softmax', [e.get(x)], { axis: int(placeOf(rank - 1, rank)) });
  },
  softplus: as('Softplus'),
  sqrt: as('Sqrt'),
  square: (e, { operands: [x] }) => e.add('Mul', [e.get(x), e.get(x)]),
  step: (e, { operands: [x] }) => oneWhere(e, e.add('Greater', [e.get(x), e.scalar(0)])),
  sub: as('Sub'),
  tanh: as('Tanh'),
};
