import { printSize, type Size, sumOf } from '../../sizes/size.js';
import { wantFloat, wantNumbers, wantSameSizes } from '../checks.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import { boxPlaces } from './box.js';

export type ConcatAttributes = { readonly axis: number };

export const concat: OpDefinition<'several', ConcatAttributes> = {
  name: 'concat',
  summary: 'The operands concatenated along an axis.',
  operands: ['...x'],
  attributes: { axis: 'number' },
  infer(operands, { axis }) {
    wantFloat(operands);
    const [{ shape: first }] = operands;
    const others = [...first.keys()].filter((other) => other !== axis);
    const total = operands.slice(1).reduce((sum, { shape }, i) => {
      if (shape.length !== first.length) {
        throw new ShapeError({ kind: 'ranks', ranks: [first.length, shape.length] }, [0, i + 1]);
      }
      wantSameSizes(first, shape, others, [0, i + 1]);
      return lengthened(sum, shape[axis]!, axis, first.length);
    }, first[axis]!);
    return [floatOf(first.with(axis, total))];
  },
  cheap: true,
  evaluate(operands, { axis }, [shape]) {
    const y = emptyTensor(shape);
    const begin = shape.map(() => 0);
    for (const x of operands) {
      const places = boxPlaces(shape, begin, x.shape);
      x.data.forEach((value, i) => {
        y.data[places[i]!] = value;
      });
      begin[axis]! += x.shape[axis]!;
    }
    return [y];
  },
  gradient(b, { operands }, [g], { axis }) {
    let offset = 0;
    return operands.map(({ type: { shape } }, i) => {
      const begin = shape.map((_, other) => (other === axis ? offset : 0));
      const joined = shape.slice(axis, axis + 1);
      const [extent = 0] = wantNumbers(joined, 'what a differentiated concat joins', i);
      offset += extent;
      return b.apply(b.ops.slice, [g], { begin, shape })[0];
    });
  },
};

function lengthened(a: Size, b: Size, axis: number, rank: number): Size {
  const sum = sumOf(a, b);
  if (sum) return sum;
  const sizes = [printSize(a), printSize(b)] as const;
  throw new ShapeError({ kind: 'sum', axis, rank, sizes }, [0, 1]);
}
