import { plus } from '../../sizes/size.js';
import { wantFloat } from '../checks.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import { boxPlaces } from './box.js';

/** How many elements of `value` come before and after x along each axis. */
export type PadAttributes = {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly value: number;
};

export const pad: OpDefinition<1, PadAttributes> = {
  name: 'pad',
  summary: 'x within a border of one value.',
  operands: ['x'],
  attributes: { before: 'numbers', after: 'numbers', value: 'number' },
  infer([x], { before, after }) {
    wantFloat([x]);
    const rank = x.shape.length;
    if ([before, after].some((border) => border.length !== rank || border.some((n) => n < 0))) {
      throw new ShapeError({ kind: 'border' }, [0]);
    }
    return [floatOf(x.shape.map((size, axis) => plus(size, before[axis]! + after[axis]!)))];
  },
  cheap: true,
  evaluate([x], { before, value }, [shape]) {
    const y = emptyTensor(shape);
    y.data.fill(value);
    const places = boxPlaces(shape, before, x.shape);
    x.data.forEach((element, i) => {
      y.data[places[i]!] = element;
    });
    return [y];
  },
  gradient: (b, { operands: [x] }, [g], { before }) =>
    b.apply(b.ops.slice, [g], { begin: before, shape: x.type.shape }),
};
