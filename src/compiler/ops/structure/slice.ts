import {
  fixedValue,
  plus,
  printSize,
  type Shape,
  type Size,
  sumOf,
  times,
} from '../../sizes/size.js';
import { wantFloat } from '../checks.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { floatOf } from '../values.js';
import { boxPlaces } from './box.js';

/** `begin` is the first index taken along each axis, `shape` the result's. */
export type SliceAttributes = {
  readonly begin: readonly number[];
  readonly shape: readonly Size[];
};

/** How much of x is left behind the slice, which is a number whatever the symbols stand for. */
function restOf(x: Shape, { begin, shape }: SliceAttributes): readonly number[] {
  return x.map((size, axis) => {
    const rest = sumOf(plus(size, -begin[axis]!), times(shape[axis]!, -1));
    const number = rest && fixedValue(rest);
    if (number !== undefined && number >= 0 && begin[axis]! >= 0) return number;
    const sizes = [printSize(size), printSize(shape[axis]!)] as const;
    const facts = { axis, rank: x.length, begin: begin[axis]!, sizes };
    throw new ShapeError({ kind: 'slice', ...facts }, [0]);
  });
}

export const slice: OpDefinition<1, SliceAttributes> = {
  name: 'slice',
  summary: 'The box of x that begins at an index and has a given shape.',
  operands: ['x'],
  attributes: { begin: 'numbers', shape: 'sizes' },
  infer([x], attributes, demand) {
    wantFloat([x]);
    const { begin, shape } = attributes;
    if (begin.length !== x.shape.length || shape.length !== x.shape.length) {
      throw new ShapeError({ kind: 'sliceRank' }, [0]);
    }
    restOf(x.shape, attributes);
    for (const size of shape) demand(size);
    return [floatOf(shape)];
  },
  cheap: true,
  evaluate([x], { begin }, [shape]) {
    const places = boxPlaces(x.shape, begin, shape);
    return [{ shape, data: Float64Array.from(places, (place) => x.data[place]!) }];
  },
  gradient: (b, { operands: [x] }, [g], attributes) =>
    b.apply(b.ops.pad, [g], {
      before: attributes.begin,
      after: restOf(x.type.shape, attributes),
      value: 0,
    }),
};
