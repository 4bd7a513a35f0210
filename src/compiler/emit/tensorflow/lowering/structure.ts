import { hash32 } from '../../../ops/philox.js';
import type { structureOps } from '../../../ops/structure/index.js';
import type { Emitter } from '../emitter.js';
import { after, integer, type Tensor, type } from '../graphdef.js';
import { DataType } from '../proto.js';
import { dataTypeOf } from '../signature.js';
import type { LoweringsOf } from './lowering.js';

const int32 = type(DataType.int32);

/** 64-bit words from pairs of 32-bit ones, the low word first. */
function words64(e: Emitter, words: readonly Tensor[]): Tensor {
  const flat = e.int('Pack', words, { N: integer(words.length) });
  const pairs = e.int('Reshape', [flat, e.integers([words.length / 2, 2])]);
  return e.int('Bitcast', [pairs], { type: type(DataType.uint64) });
}

export const structureLowerings: LoweringsOf<typeof structureOps> = {
  after: (e, [x, event], _, { operands: [{ type: of }] }) =>
    e.add('Identity', [x, after(event)], { T: type(dataTypeOf(of.dtype)) }),
  constant: (e, _, { value }) => e.scalar(value),
  fill: (e, _, { value, shape }) => e.float('Fill', [e.shape(shape), e.scalar(value)]),
  broadcastTo: (e, [x], { shape }) => e.float('BroadcastTo', [x, e.shape(shape)]),
  reshape: (e, [x], { shape }) => e.float('Reshape', [x, e.shape(shape)]),
  concat: (e, operands, { axis }) =>
    operands.length === 1
      ? operands
      : e.float('ConcatV2', [...operands, e.integer(axis)], { N: integer(operands.length) }),
  slice: (e, [x], { begin, shape }) =>
    e.float('Slice', [x, e.integers(begin), e.shape(shape)], { Index: int32 }),
  pad(e, [x], { before, after, value }) {
    const borders = before.flatMap((first, axis) => [first, after[axis]!]);
    const paddings = e.builder.ints(borders, [before.length, 2]);
    return e.float('PadV2', [x, paddings, e.scalar(value)]);
  },
  dropout: (_, [x]) => x,
  spatialDropout: (_, [x]) => x,
  dropPath: (_, [x]) => x,
  dropoutMask(e, [seed, step], { rate, path, shape }) {
    const zero = e.integer(0);
    const key = words64(e, [seed, e.integer(hash32(path) | 0)]);
    const counter = words64(e, [zero, zero, step, zero]);
    const philox = e.integer(1);
    const uniform = e.add('StatelessRandomUniformV2', [e.shape(shape), key, counter, philox], {
      dtype: type(DataType.float),
      Tshape: int32,
    });
    const kept = e.float('GreaterEqual', [uniform, e.scalar(rate)]);
    const ones = e.cast(kept, DataType.bool, DataType.float);
    return e.float('Mul', [ones, e.scalar(1 / (1 - rate))]);
  },
};
