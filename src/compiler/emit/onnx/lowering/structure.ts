import type { structureOps } from '../../../ops/structure/index.js';
import { plus, sameSize } from '../../../sizes/size.js';
import { inOrder, placeOf } from '../../layout.js';
import { int } from '../proto.js';
import { type EntriesOf, trainingOnly } from './lowering.js';

export const structureEntries: EntriesOf<typeof structureOps> = {
  after: trainingOnly,
  constant: (e, _, { value }) => e.scalar(value),
  fill: (e, _, { value, shape }) => e.add('Expand', [e.scalar(value), e.shape(inOrder(shape))]),
  broadcastTo: (e, { operands: [x] }, { shape }) =>
    e.add('Expand', [e.get(x), e.shape(inOrder(shape))]),
  reshape(e, { operands: [x] }, { shape }) {
    const reshaped = e.add('Reshape', [e.get(x, 'nhwc'), e.shape(shape)]);
    return shape.length === 4 ? e.transpose(reshaped, 'nhwc', 'nchw') : reshaped;
  },
  concat: (e, { operands, results: [y] }, { axis }) =>
    e.add(
      'Concat',
      operands.map((operand) => e.get(operand)),
      { axis: int(placeOf(axis, y.type.shape.length)) },
    ),
  slice(e, { operands: [x] }, { begin, shape }) {
    // Axes that stay whole are left out.
    const cut = shape
      .map((size, axis) => ({ begin: begin[axis], end: plus(size, begin[axis]!), axis }))
      .filter(({ begin, end, axis }) => begin! > 0 || !sameSize(end, x.type.shape[axis]!));
    const places = cut.map(({ axis }) => placeOf(axis, shape.length));
    const starts = e.integers(cut.map(({ begin }) => begin!));
    const ends = e.shape(cut.map(({ end }) => end));
    return e.add('Slice', [e.get(x), starts, ends, e.integers(places)]);
  },
  pad: (e, { operands: [x] }, { before, after, value }) => {
    const borders = e.integers([...inOrder(before), ...inOrder(after)]);
    return e.add('Pad', [e.get(x), borders, e.scalar(value)]);
  },
  dropout: (e, { operands: [x] }) => e.get(x),
  spatialDropout: (e, { operands: [x] }) => e.get(x),
  dropPath: (e, { operands: [x] }) => e.get(x),
  dropoutMask: trainingOnly,
};
