import type { Node } from '../../../ir/graph.js';
import type { PoolAttributes } from '../../../ops/pooling/geometry.js';
import type { poolingOps } from '../../../ops/pooling/index.js';
import { type RegionAttributes, regionOf } from '../../../ops/pooling/regions.js';
import type { Shape } from '../../../sizes/size.js';
import { inOrder, placeOf } from '../../layout.js';
import { paddingOf } from '../../padding.js';
import type { Emitter } from '../emitter.js';
import type { Attributes, Tensor } from '../graph.js';
import { DataType, int, ints, text } from '../proto.js';
import { padsOf } from './convolution.js';
import { type EntriesOf, trainingOnly } from './lowering.js';

function poolAttrs(
  { operands: [x], results: [y] }: Node,
  { window, strides, padding }: PoolAttributes,
): Attributes {
  const sliding = { taps: window, strides, dilations: [1, 1], padding };
  const pads = padsOf(paddingOf(x!.type.shape, y!.type.shape, sliding));
  return { kernel_shape: ints(window), strides: ints(strides), pads: ints(pads) };
}

/** Padding counts as the least in a maximum and not at all in an average: ONNX's defaults. */
const pool =
  (op: string) =>
  (e: Emitter, node: Node, attributes: PoolAttributes): Tensor =>
    e.add(op, [e.get(node.operands[0]!)], poolAttrs(node, attributes));

/** Each region of an axis reduced: ONNX has no adaptive pooling. */
const regions =
  (op: string) =>
  (e: Emitter, { operands: [x] }: Node, { axis, parts }: RegionAttributes): Tensor => {
    const place = placeOf(axis, 4);
    const reduced = Array.from({ length: parts }, (_, i) => {
      const [start, end] = regionOf(x!.type.shape[axis]!, parts, i).map((size) => e.shape([size]));
      const part = e.add('Slice', [e.get(x!), start!, end!, e.integers([place])]);
      return e.add(op, [part, e.integers([place])], { keepdims: int(1) });
    });
    return parts === 1 ? reduced[0]! : e.add('Concat', reduced, { axis: int(place) });
  };

const cast = (e: Emitter, tensor: Tensor, to: DataType): Tensor =>
  e.add('Cast', [tensor], { to: int(to) });

const product = (e: Emitter, shape: Shape): Tensor => e.add('ReduceProd', [e.shape(shape)]);

/**
 * A position in a plane of `rows` by `columns`, row-major, as that in the plane whose rows are these columns. It takes
 * positions in an NCHW image (channels by pixels) to those in an NHWC one (pixels by channels), and back.
 */
function crossed(e: Emitter, position: Tensor, rows: Tensor, columns: Tensor): Tensor {
  const row = e.add('Div', [position, columns]);
  const column = e.add('Mod', [position, columns]);
  return e.add('Add', [e.add('Mul', [column, rows]), row]);
}

export const poolingEntries: EntriesOf<typeof poolingOps> = {
  maxPool: pool('MaxPool'),
  maxPoolGradient: trainingOnly,

  /** ONNX counts positions over the whole batch, and by channels first. */
  maxPoolWithSwitches(e, node, attributes) {
    const [x] = node.operands;
    const [, height, width, channels] = x.type.shape;
    const [y, places] = e.several('MaxPool', [e.get(x)], poolAttrs(node, attributes), 2);
    const inImage = e.add('Mod', [places!, product(e, [height!, width!, channels!])]);
    const pixels = product(e, [height!, width!]);
    return [y!, cast(e, crossed(e, inImage, e.shape([channels!]), pixels), DataType.int32)];
  },

  maxUnpool(e, { operands: [y, switches] }, { shape }) {
    const [batch, height, width, channels] = shape;
    const position = cast(e, e.get(switches), DataType.int64);
    const pixels = product(e, [height!, width!]);
    const flat = e.integers([0, -1]);
    const places = e.add('Reshape', [crossed(e, position, pixels, e.shape([channels!])), flat]);
    const values = e.add('Reshape', [e.get(y), flat]);
    const count = product(e, [height!, width!, channels!]);
    const whole = e.add('Concat', [e.shape([batch!]), count], { axis: int(0) });
    const zeros = e.add('Expand', [e.scalar(0), whole]);
    const attributes = { axis: int(1), reduction: text('add') };
    const spread = e.add('ScatterElements', [zeros, places, values], attributes);
    return e.add('Reshape', [spread, e.shape(inOrder(shape))]);
  },

  takeSwitches: trainingOnly,
  averagePool: pool('AveragePool'),
  averagePoolGradient: trainingOnly,
  adaptiveAveragePool: regions('ReduceMean'),
  adaptiveAveragePoolGradient: trainingOnly,
  adaptiveMaxPool: regions('ReduceMax'),
  adaptiveMaxPoolGradient: trainingOnly,
};
