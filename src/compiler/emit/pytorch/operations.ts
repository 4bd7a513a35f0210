import type { Node, Value } from '../../ir/graph.js';
import type { AttributesOf } from '../../ops/definition.js';
import type { PoolAttributes } from '../../ops/pooling/geometry.js';
import type { OpName, ops } from '../../ops/registry.js';
import {
  fixedValue,
  plus,
  ratioOf,
  type Shape,
  type Size,
  sumOf,
  times,
} from '../../sizes/size.js';
import { ExportError } from '../export-error.js';
import { placeOf } from '../onnx/layout.js';
import { atom, type Code, Level, numeral, pair, within } from './code.js';
import { adaptive, pooled } from './pooling.js';

/** What an expression is made with. */
export interface Operands {
  /** The i-th operand as an argument of a call. */
  arg(i: number): string;
  code(i: number): Code;
  /** A name in scope for an image of this batch, height and width. */
  like(shape: Shape): string;
  producer(value: Value): Node | undefined;
}

/** The results of a node as Python; one, or the targets of an assignment taken apart. */
export type Expression<A> = (o: Operands, attributes: A, node: Node) => Code;

/** In place of an expression: only training has it, or it stands only inside built-in blocks that are modules here. */
export const absent = 'absent';
type Entry<A> = Expression<A> | typeof absent;

type Entries = {
  readonly [Name in OpName]: Entry<AttributesOf<(typeof ops)[Name]>>;
};

const called =
  (name: string): Expression<unknown> =>
  (o, _, { operands }) =>
    atom(`${name}(${operands.map((_, i) => o.arg(i)).join(', ')})`);

/** Left-associative: the right operand is bracketed where it is of the same level. */
const infix =
  (sign: string, level: Level): Expression<unknown> =>
  (o) => {
    const right = within(o.code(1), (level + 1) as Level);
    return { text: `${within(o.code(0), level)} ${sign} ${right}`, level };
  };

/** `to` as an expression over the size of axis `place` of `name`, which is `from`. */
function sizeFrom(name: string, place: number, from: Size, to: Size): string {
  const fixedSize = fixedValue(to);
  if (fixedSize !== undefined) return `${fixedSize}`;
  if (from.symbol !== to.symbol)
    throw new ExportError('a size comes from another input than the image');
  const ratio = { n: to.p.n * from.p.d, d: to.p.d * from.p.n };
  const rest = sumOf(times(to, ratio.d), times(from, -ratio.n));
  const offset = fixedValue(rest as Size) as number;
  const scaled = `${name}.shape[${place}]${ratio.n === 1 ? '' : ` * ${ratio.n}`}`;
  const moved = offset === 0 ? scaled : `${scaled} + ${offset}`;
  if (ratio.d === 1) return moved;
  return `${offset === 0 ? moved : `(${moved})`} // ${ratio.d}`;
}

const resized =
  (mode: 'nearest' | 'bilinear'): Expression<{ readonly shape: Shape }> =>
  (o, { shape }, { operands: [{ type }] }) => {
    const factors = [1, 2].map((axis) => ratioOf(shape[axis], type.shape[axis]));
    const whole = factors.every(
      (factor): factor is number => factor !== undefined && Number.isInteger(factor),
    );
    const given = mode === 'bilinear' ? 'mode="bilinear", align_corners=False' : '';
    if (whole && (mode === 'bilinear' || factors.every((f) => Number.isInteger(Math.log2(f))))) {
      const rest = given === '' ? '' : `, ${given}`;
      return atom(`F.interpolate(${o.arg(0)}, scale_factor=${pair(factors)}${rest})`);
    }
    // Exact, where a position times a rounded factor need not be.
    if (whole) {
      const [rows, columns] = factors;
      const x = within(o.code(0), Level.atom);
      return atom(`${x}.repeat_interleave(${rows}, dim=2).repeat_interleave(${columns}, dim=3)`);
    }
    if (mode === 'nearest')
      throw new ExportError('PyTorch rounds the positions of this resizing otherwise');
    if ([1, 2].some((axis) => type.shape[axis].symbol !== shape[axis].symbol)) {
      const like = o.like(shape);
      return atom(`F.interpolate(${o.arg(0)}, size=${like}.shape[2:], ${given})`);
    }
    const x = o.like(type.shape);
    const size = [1, 2].map((axis) => sizeFrom(x, axis + 1, type.shape[axis], shape[axis]));
    return atom(`F.interpolate(${o.arg(0)}, size=(${size.join(', ')}), ${given})`);
  };

type ReductionAttributes = { readonly axes: readonly number[]; readonly keepDims: boolean };

const reduced =
  (name: string): Expression<ReductionAttributes> =>
  (o, { axes, keepDims }) => {
    const places = axes.map((axis) => placeOf(axis, 4)).sort();
    const dim = places.length === 1 ? `${places[0]}` : `(${places.join(', ')})`;
    return atom(`torch.${name}(${o.arg(0)}, dim=${dim}${keepDims ? ', keepdim=True' : ''})`);
  };

/** `begin:end` of one axis, counted from its end where the size is a symbol; null where it stays whole. */
function range(begin: number, size: Size, whole: Size): string | null {
  const rest = sumOf(whole, times(plus(size, begin), -1));
  const after = rest && fixedValue(rest);
  if (after === undefined) throw new ExportError('a slice ends at a size of another image');
  if (begin === 0 && after === 0) return null;
  const length = fixedValue(size);
  const end = length === undefined ? (after === 0 ? '' : `-${after}`) : `${begin + length}`;
  return `${begin === 0 ? '' : begin}:${end}`;
}

const entries: Entries = {
  abs: called('torch.abs'),
  adaptiveAveragePool: adaptive('avg'),
  adaptiveAveragePoolGradient: absent,
  adaptiveMaxPool: adaptive('max'),
  adaptiveMaxPoolGradient: absent,
  add: infix('+', Level.sum),
  averagePool: pooled('avg'),
  averagePoolGradient: absent,
  adam: absent,
  batchNorm: absent,
  batchNormGradient: absent,
  batchNormTrain: absent,
  biasAdd: absent,
  broadcastTo: absent,
  concat: (o, { axis }, { operands }) =>
    atom(`torch.cat((${operands.map((_, i) => o.arg(i)).join(', ')}), dim=${placeOf(axis, 4)})`),
  constant: (_, { value }) => ({
    text: numeral(value),
    level: value < 0 ? Level.unary : Level.atom,
  }),
  conv: absent,
  convKernelGradient: absent,
  convTranspose: absent,
  div: infix('/', Level.product),
  dropout: (o, { rate }) => atom(`F.dropout(${o.arg(0)}, ${numeral(rate)}, self.training)`),
  dropoutMask: absent,
  // Of five axes the second is dropped whole.
  dropPath: (o, { rate }) =>
    atom(
      `F.dropout3d(${within(o.code(0), Level.atom)}[:, None], ${numeral(rate)}, self.training)[:, 0]`,
    ),
  elu: called('F.elu'),
  equal: (o) => atom(`torch.eq(${o.arg(0)}, ${o.arg(1)}).float()`),
  erf: called('torch.erf'),
  exp: called('torch.exp'),
  fill(o, { value, shape }) {
    const name = o.like(shape);
    const size = `(${name}.shape[0], ${fixedValue(shape[3])}, *${name}.shape[2:])`;
    return atom(
      value === 0 ? `${name}.new_zeros(${size})` : `${name}.new_full(${size}, ${numeral(value)})`,
    );
  },
  gelu: called('F.gelu'),
  hardSigmoid: (o) => atom(`torch.clamp(0.2 * ${within(o.code(0), Level.unary)} + 0.5, 0, 1)`),
  increment: absent,
  leakyRelu: (o, { slope }) => atom(`F.leaky_relu(${o.arg(0)}, ${numeral(slope)})`),
  lerp: absent,
  log: called('torch.log'),
  maxPool: pooled('max'),
  maxPoolGradient: absent,
  maxPoolWithSwitches: pooled('max'),
  maxUnpool(o, { shape }, { operands: [y, switches] }) {
    const pooling = o.producer(switches)?.attributes as PoolAttributes | undefined;
    const whole = pooling?.window.every(
      (taps, axis) =>
        taps === pooling.strides[axis] && ratioOf(shape[axis + 1], y.type.shape[axis + 1]) === taps,
    );
    if (!whole) throw new ExportError('PyTorch unpools only windows that lie side by side');
    return atom(`F.max_unpool2d(${o.arg(0)}, ${o.arg(1)}, ${pair(pooling!.window)})`);
  },
  momentum: absent,
  mul: infix('*', Level.product),
  neg: (o) => ({ text: `-${within(o.code(0), Level.unary)}`, level: Level.unary }),
  pad(o, { before, after, value }) {
    const given = [2, 1, 3, 0].flatMap((axis) => [before[axis], after[axis]]);
    while (given.length > 4 && given.slice(-2).every((n) => n === 0)) given.splice(-2);
    const filled = value === 0 ? '' : `, value=${numeral(value)}`;
    return atom(`F.pad(${o.arg(0)}, (${given.join(', ')})${filled})`);
  },
  reduceMax: reduced('amax'),
  reduceMean: reduced('mean'),
  reduceSum: reduced('sum'),
  relu: called('F.relu'),
  reluGradient: absent,
  reshape: absent,
  resizeArea: absent,
  resizeBilinear: resized('bilinear'),
  resizeBilinearGradient: absent,
  resizeNearest: resized('nearest'),
  resizeNearestGradient: absent,
  rsqrt: called('torch.rsqrt'),
  sgd: absent,
  sigmoid: called('torch.sigmoid'),
  sigmoidCrossEntropy: absent,
  sigmoidGradient: absent,
  silu: called('F.silu'),
  slice(o, { begin, shape }, { operands: [x] }) {
    const cuts = [0, 3, 1, 2].map((axis) => range(begin[axis], shape[axis], x.type.shape[axis]));
    while (cuts.at(-1) === null) cuts.pop();
    return atom(`${within(o.code(0), Level.atom)}[${cuts.map((cut) => cut ?? ':').join(', ')}]`);
  },
  softmax: (o) => atom(`torch.softmax(${o.arg(0)}, dim=1)`),
  softmaxCrossEntropy: absent,
  softplus: called('F.softplus'),
  spatialDropout: (o, { rate }) =>
    atom(`F.dropout2d(${o.arg(0)}, ${numeral(rate)}, self.training)`),
  sqrt: called('torch.sqrt'),
  square: called('torch.square'),
  step: (o) => atom(`torch.gt(${o.arg(0)}, 0).float()`),
  sub: infix('-', Level.sum),
  takeSwitches: absent,
  tanh: called('torch.tanh'),
};

/** A node as an expression. Throws on one that no inference graph has outside of built-in blocks. */
export function expressionOf(o: Operands, node: Node): Code {
  const entry = entries[node.op.name] as Entry<Node['attributes']>;
  if (entry === absent) throw new ExportError(`${node.op.name} has no form of its own in PyTorch`);
  return entry(o, node.attributes, node);
}
