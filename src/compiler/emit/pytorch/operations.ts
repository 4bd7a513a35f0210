import type { Node, Value } from '../../ir/graph.js';
import type { AttributesOf } from '../../ops/definition.js';
import type { OpName, ops } from '../../ops/registry.js';
import { fixedValue, plus, type Shape, type Size, sumOf, times } from '../../sizes/size.js';
import { placeOf } from '../layout.js';
import { adaptive, pooled, unpooled } from './pooling.js';
import { py } from './python/parse.js';
import { dotted, type Expression, hinted, keywords, made, name, number } from './python/tree.js';
import { bilinear, nearest } from './resizing.js';
import type { Axis, Sized } from './scope.js';

/** What an expression is made with. */
export interface Operands {
  /** The i-th operand. */
  arg(i: number): Expression;
  /** An image in scope for the sizes of `shape` along `axes`. */
  image(shape: Shape, axes: readonly Axis[]): Sized;
  producer(value: Value): Node | undefined;
  /** Throws: PyTorch has no `what`, and `suggestion` is how the network could do without. */
  refuse(what: string, suggestion: string): never;
}

/** The results of a node as Python; one, or the targets of an assignment taken apart. */
export type ExpressionOf<A> = (o: Operands, attributes: A, node: Node) => Expression;

/** In place of an expression: only training has it, or it stands only inside built-in blocks that are modules here. */
export const absent = 'absent';
type Entry<A> = ExpressionOf<A> | typeof absent;

type Entries = {
  readonly [Name in OpName]: Entry<AttributesOf<(typeof ops)[Name]>>;
};

const all = (o: Operands, { operands }: Node): readonly Expression[] =>
  operands.map((_, i) => o.arg(i));

const called =
  (callee: string): ExpressionOf<unknown> =>
  (o, _, node) =>
    py`${dotted(callee)}(${all(o, node)})`;

type Reduction = ExpressionOf<{ readonly axes: readonly number[]; readonly keepDims: boolean }>;

const reduced =
  (callee: string): Reduction =>
  (o, { axes, keepDims }) => {
    const places = axes.map((axis) => placeOf(axis, 4)).sort();
    const dim = places.length === 1 ? number(places[0]!) : py`(${places.map(number)})`;
    const rest = keywords({ dim, keepdim: keepDims ? name('True') : undefined });
    return py`${dotted(callee)}(${o.arg(0)}, ${rest})`;
  };

const nothing = name('');
const whole = made('slice', [nothing, nothing]);

/** `begin:end` of one axis, counted from its end where the size is a symbol. */
function range(begin: number, size: Size, from: Size): Expression {
  const rest = sumOf(from, times(plus(size, begin), -1));
  const after = rest && fixedValue(rest);
  // A crop is by a number of pixels, whatever the image.
  if (after === undefined) throw new Error('a slice whose end no number tells');
  if (begin === 0 && after === 0) return whole;
  const length = fixedValue(size);
  const fromEnd = after === 0 ? nothing : py`-${after}`;
  const end = length === undefined ? fromEnd : hinted('end', begin + length);
  return made('slice', [begin === 0 ? nothing : hinted('begin', begin), end]);
}

const entries: Entries = {
  abs: called('torch.abs'),
  adaptiveAveragePool: adaptive('avg'),
  adaptiveAveragePoolGradient: absent,
  adaptiveMaxPool: adaptive('max'),
  adaptiveMaxPoolGradient: absent,
  add: (o) => py`${o.arg(0)} + ${o.arg(1)}`,
  after: absent,
  averagePool: pooled('avg'),
  averagePoolGradient: absent,
  adam: absent,
  batchNorm: absent,
  batchNormByMoments: absent,
  batchNormGradient: absent,
  batchNormTrain: absent,
  biasAdd: absent,
  broadcastTo: absent,
  concat: (o, { axis }, node) => py`torch.cat((${all(o, node)}), dim=${placeOf(axis, 4)})`,
  constant: (_, { value }) => number(value),
  conv: absent,
  convKernelGradient: absent,
  convTranspose: absent,
  div: (o) => py`${o.arg(0)} / ${o.arg(1)}`,
  dropout: (o, { rate }) => py`F.dropout(${o.arg(0)}, ${hinted('rate', rate)}, self.training)`,
  dropoutMask: absent,
  // Of five axes the second is dropped whole.
  dropPath: (o, { rate }) =>
    py`F.dropout3d(${o.arg(0)}[:, None], ${hinted('rate', rate)}, self.training)[:, 0]`,
  elu: called('F.elu'),
  equal: (o) => py`torch.eq(${o.arg(0)}, ${o.arg(1)}).float()`,
  erf: called('torch.erf'),
  exp: called('torch.exp'),
  fill(o, { value, shape }) {
    const like = o.image(shape, [0, 1, 2]);
    const channels = hinted('channels', fixedValue(shape[3]!)!);
    const size = py`(${like.batch}, ${channels}, ${like.extents})`;
    return value === 0
      ? py`${like.code}.new_zeros(${size})`
      : py`${like.code}.new_full(${size}, ${number(value)})`;
  },
  gelu: called('F.gelu'),
  hardSigmoid: (o) => py`torch.clamp(0.2 * ${o.arg(0)} + 0.5, 0, 1)`,
  increment: absent,
  leakyRelu: (o, { slope }) => py`F.leaky_relu(${o.arg(0)}, ${hinted('slope', slope)})`,
  lerp: absent,
  log: called('torch.log'),
  maxPool: pooled('max'),
  maxPoolGradient: absent,
  maxPoolWithSwitches: pooled('max'),
  maxUnpool: unpooled,
  momentum: absent,
  mul: (o) => py`${o.arg(0)} * ${o.arg(1)}`,
  neg: (o) => py`-${o.arg(0)}`,
  pad(o, { before, after, value }) {
    const given = [2, 1, 3, 0].flatMap((axis) => [before[axis]!, after[axis]!]);
    while (given.length > 4 && given.slice(-2).every((n) => n === 0)) given.splice(-2);
    const filled = keywords({ value: value === 0 ? undefined : number(value) });
    return py`F.pad(${o.arg(0)}, (${given.map(number)}), ${filled})`;
  },
  reduceMax: reduced('torch.amax'),
  reduceMean: reduced('torch.mean'),
  reduceSum: reduced('torch.sum'),
  relu: called('F.relu'),
  reluGradient: absent,
  reshape: absent,
  resizeArea: absent,
  resizeBilinear: bilinear,
  resizeBilinearGradient: absent,
  resizeNearest: nearest,
  resizeNearestGradient: absent,
  rsqrt: called('torch.rsqrt'),
  select: absent,
  sgd: absent,
  sigmoid: called('torch.sigmoid'),
  sigmoidCrossEntropy: absent,
  sigmoidGradient: absent,
  silu: called('F.silu'),
  slice(o, { begin, shape }, { operands: [x] }) {
    const cuts = [0, 3, 1, 2].map((axis) =>
      range(begin[axis]!, shape[axis]!, x!.type.shape[axis]!),
    );
    while (cuts.at(-1) === whole) cuts.pop();
    return py`${o.arg(0)}[${cuts}]`;
  },
  softmax: (o) => py`torch.softmax(${o.arg(0)}, dim=1)`,
  softmaxCrossEntropy: absent,
  softplus: called('F.softplus'),
  spatialDropout: (o, { rate }) =>
    py`F.dropout2d(${o.arg(0)}, ${hinted('rate', rate)}, self.training)`,
  sqrt: called('torch.sqrt'),
  square: called('torch.square'),
  step: (o) => py`torch.gt(${o.arg(0)}, 0).float()`,
  sub: (o) => py`${o.arg(0)} - ${o.arg(1)}`,
  takeSwitches: absent,
  tanh: called('torch.tanh'),
};

/** A node as an expression. Throws on one that no inference graph has outside of built-in blocks. */
export function expressionOf(o: Operands, node: Node): Expression {
  const entry = entries[node.op.name] as Entry<Node['attributes']>;
  if (entry === absent)
    throw new Error(`${node.op.name} stands outside of the blocks that it is part of`);
  return entry(o, node.attributes, node);
}
