import { divideRational, multiplyRational, one, zero } from '../../sizes/rational.js';
import { printShape, printSize, type Shape, type Size } from '../../sizes/size.js';
import { wantFloat } from '../checks.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { floatOf } from '../values.js';

export type ReshapeAttributes = { readonly shape: readonly Size[] };

/** The product of the numbers, and the symbolic sizes in an order of their own: equal texts, equal counts. */
function elementsOf(shape: Shape): string {
  let numbers = one;
  const factors: string[] = [];
  for (const { symbol, p, q } of shape) {
    // p S + q is p (S + q/p): what is compared is S + q/p, so that [2H, 3] and [H, 6] agree.
    numbers = multiplyRational(numbers, symbol === null ? q : p);
    if (symbol !== null) factors.push(printSize({ symbol, p: one, q: divideRational(q, p) }));
  }
  return [printSize({ symbol: null, p: zero, q: numbers }), ...factors.sort()].join(' x ');
}

export const reshape: OpDefinition<1, ReshapeAttributes> = {
  name: 'reshape',
  summary:
    'The elements of x in row-major order, in another shape with the same number of elements.',
  operands: ['x'],
  attributes: { shape: 'sizes' },
  infer([x], { shape }, demand) {
    wantFloat([x]);
    if (elementsOf(x.shape) !== elementsOf(shape)) {
      const shapes = [printShape(x.shape), printShape(shape)] as const;
      throw new ShapeError({ kind: 'elements', shapes }, [0]);
    }
    for (const size of shape) demand(size);
    return [floatOf(shape)];
  },
  cheap: true,
  evaluate: ([x], _, [shape]) => [{ shape, data: x.data }],
  gradient: (b, { operands: [x] }, [g]) => b.apply(reshape, [g], { shape: x.type.shape }),
};
