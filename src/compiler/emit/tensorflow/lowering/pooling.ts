import type { PoolAttributes } from '../../../ops/pooling/geometry.js';
import type { poolingOps } from '../../../ops/pooling/index.js';
import type { Shape } from '../../../sizes/size.js';
import type { Emitter } from '../emitter.js';
import { type Attrs, flag, integers, outputOf, type Tensor, text, type } from '../graphdef.js';
import { DataType } from '../proto.js';
import type { LoweringsOf } from './lowering.js';
import { placedMaxima, reducedRegions, sharedRegions } from './regions.js';

const poolAttrs = ({ window, strides, padding }: PoolAttributes): Attrs => ({
  ksize: integers([1, ...window, 1]),
  strides: integers([1, ...strides, 1]),
  // VALID rounds down.
  padding: text(padding === 'same' ? 'SAME' : 'VALID'),
});

const int32 = type(DataType.int32);

/** How many elements an image of the shape has. */
const planeOf = (e: Emitter, image: Shape): Tensor =>
  e.int('Prod', [e.shape(image.slice(1)), e.integers([0])]);

/** Switches as positions in the data of the whole batch. */
function places(e: Emitter, switches: Tensor, image: Shape): Tensor {
  const images = e.add('Range', [e.integer(0), e.size(image[0]!), e.integer(1)], { Tidx: int32 });
  const starts = e.int('Mul', [images, planeOf(e, image)]);
  const spread = e.int('Reshape', [starts, e.integers([-1, 1, 1, 1])]);
  return e.int('AddV2', [switches, spread]);
}

export const poolingLowerings: LoweringsOf<typeof poolingOps> = {
  maxPool: (e, operands, attributes) => e.float('MaxPool', operands, poolAttrs(attributes)),
  maxPoolGradient: (e, operands, attributes) =>
    e.float('MaxPoolGrad', operands, poolAttrs(attributes)),
  maxPoolWithSwitches(e, operands, attributes) {
    const y = e.float('MaxPoolWithArgmax', operands, {
      ...poolAttrs(attributes),
      Targmax: int32,
      include_batch_in_index: flag(false),
    });
    return [y, outputOf(y, 1)];
  },
  maxUnpool(e, [y, switches], { shape }) {
    const indices = e.int('Reshape', [places(e, switches, shape), e.integers([-1, 1])]);
    const values = e.float('Reshape', [y, e.integers([-1])]);
    const count = e.int('Prod', [e.shape(shape), e.integers([0])], { keep_dims: flag(true) });
    const flat = e.float('ScatterNd', [indices, values, count], { Tindices: int32 });
    return e.float('Reshape', [flat, e.shape(shape)]);
  },
  takeSwitches(e, [x, switches], _, { operands: [{ type: image }] }) {
    const flat = e.float('Reshape', [x, e.integers([-1])]);
    return e.add('GatherV2', [flat, places(e, switches, image.shape), e.integer(0)], {
      Tparams: type(DataType.float),
      Tindices: int32,
      Taxis: int32,
    });
  },
  averagePool: (e, operands, attributes) => e.float('AvgPool', operands, poolAttrs(attributes)),
  averagePoolGradient: (e, [g], attributes) =>
    e.float('AvgPoolGrad', [e.shape(attributes.shape), g], poolAttrs(attributes)),
  adaptiveAveragePool: (e, [x], attributes, { operands: [{ type: image }] }) =>
    reducedRegions('Mean')(e, x, image.shape, attributes),
  adaptiveAveragePoolGradient: (e, [g], attributes) => sharedRegions(e, g, attributes),
  adaptiveMaxPool: (e, [x], attributes, { operands: [{ type: image }] }) =>
    reducedRegions('Max')(e, x, image.shape, attributes),
  adaptiveMaxPoolGradient: (e, [x, , g], attributes, { operands: [{ type: image }] }) =>
    placedMaxima(e, [x, g], image.shape, attributes),
};
