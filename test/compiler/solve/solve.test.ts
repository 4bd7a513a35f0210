import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { GraphBuilder } from '../../../src/compiler/ir/builder.js';
import { resizeNearest } from '../../../src/compiler/ops/resizing/resize-nearest.js';
import { floatOf } from '../../../src/compiler/ops/values.js';
import { rational } from '../../../src/compiler/sizes/rational.js';
import { evaluateSize, fixed, type Size, symbolic } from '../../../src/compiler/sizes/size.js';
import { solveSizes } from '../../../src/compiler/solve/solve.js';
import type { Origin } from '../../../src/compiler/source/origin.js';

const origin = (start: number): Origin => {
  const site = { file: { path: 'main.net', text: '' }, start, end: start };
  return { block: 'upsample', path: '', site, depth: 0, parent: null };
};

/** Nodes that demand each of `heights` to be whole, in order. */
function demanding(heights: readonly Size[]) {
  const b = new GraphBuilder('Net');
  const x = b.input('x', floatOf([fixed(1), symbolic('H'), fixed(8), fixed(1)]));
  heights.forEach((height, i) => {
    const shape = [fixed(1), height, fixed(8), fixed(1)];
    b.output(`y${i}`, b.apply(resizeNearest, [x], { shape }, origin(i))[0]);
  });
  const diagnostics = new Diagnostics();
  return { residues: solveSizes(b.finish([]), ['H'], diagnostics), found: diagnostics.all() };
}

const sizes = fc.array(
  fc.record({
    symbol: fc.constant('H'),
    p: fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12 }))
      .map(([n, d]) => rational(n, d)),
    q: fc
      .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 12 }))
      .map(([n, d]) => rational(n, d)),
  }),
  { minLength: 1, maxLength: 4 },
);

test('the residue holds exactly the numbers that make every size whole', () => {
  fc.assert(
    fc.property(sizes, (heights) => {
      const { residues, found } = demanding(heights);
      const isWhole = (H: number, size: Size): boolean => {
        const value = evaluateSize(size, { H });
        return Math.abs(value - Math.round(value)) < 1e-9;
      };
      // 27,720 is the least common multiple of 1 to 12.
      const solutions = Array.from({ length: 27_720 }, (_, H) => H).filter((H) =>
        heights.every((size) => isWhole(H, size)),
      );
      if (found.length > 0) return solutions.length === 0;
      const { modulus, remainder } = residues[0]!;
      return (
        solutions.length === 27_720 / modulus && solutions.every((H) => H % modulus === remainder)
      );
    }),
    { numRuns: 60 },
  );
});

test('a contradiction names the two demands that cannot both be met, not one in between', () => {
  const half = { symbol: 'H', p: rational(1, 2), q: rational(0) };
  const third = { symbol: 'H', p: rational(1, 3), q: rational(0) };
  const odd = { symbol: 'H', p: rational(1, 2), q: rational(1, 2) };
  const { found } = demanding([half, third, odd]);
  expect(found.map(({ span, related }) => [span.start, related[0]!.span.start])).toEqual([[2, 0]]);
});
