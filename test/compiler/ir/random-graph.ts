import fc from 'fast-check';
import { GraphBuilder } from '../../../src/compiler/ir/builder.js';
import type { Graph, Value } from '../../../src/compiler/ir/graph.js';
import { constant } from '../../../src/compiler/ir/initializer.js';
import { arithmetic } from '../../../src/compiler/ops/elementwise/arithmetic.js';
import { leakyRelu } from '../../../src/compiler/ops/elementwise/leaky-relu.js';
import { reduceMean } from '../../../src/compiler/ops/reduction/reduce-mean.js';
import { broadcastTo } from '../../../src/compiler/ops/structure/broadcast-to.js';
import { concat } from '../../../src/compiler/ops/structure/concat.js';
import { fill } from '../../../src/compiler/ops/structure/fill.js';
import { reshape } from '../../../src/compiler/ops/structure/reshape.js';
import { slice } from '../../../src/compiler/ops/structure/slice.js';
import { floatOf } from '../../../src/compiler/ops/values.js';
import { fixed, plus, symbolic } from '../../../src/compiler/sizes/size.js';

const shape = [symbolic('N'), plus(symbolic('H'), 3), fixed(2)];
const attributes = { shape };

/** Ways to make a value of the common shape from two such, with a number to configure it. */
const makers: readonly ((b: GraphBuilder, x: Value, y: Value, n: number) => Value)[] = [
  (b, x, y) => arithmetic(b).add(x, y),
  (b, x, y) => arithmetic(b).sub(x, y),
  (b, x, y) => arithmetic(b).mul(x, y),
  (b, x, _, n) => arithmetic(b).mul(x, n),
  (b, x, _, n) => arithmetic(b).add(arithmetic(b).mul(n, 0.5), x),
  (b, x) => arithmetic(b).neg(x),
  (b, x, _, n) => arithmetic(b).div(x, n === 0 ? 1 : n),
  (b, x, _, n) => b.apply(leakyRelu, [x], { slope: n })[0],
  (b, x) => b.apply(reshape, [x], attributes)[0],
  (b, x, y) => {
    const [both] = b.apply(concat, [x, y], { axis: 2 });
    return b.apply(slice, [both], { begin: [0, 0, 1], shape })[0];
  },
  (b, x) => {
    const [mean] = b.apply(reduceMean, [x], { axes: [1], keepDims: true });
    return b.apply(broadcastTo, [mean], attributes)[0];
  },
  (b, x, _, n) => arithmetic(b).add(b.apply(fill, [], { value: n, shape })[0], x),
];

const step = fc.record({
  maker: fc.nat(makers.length - 1),
  x: fc.nat(),
  y: fc.nat(),
  n: fc.constantFrom(0, -0, 1, -1, 2, 0.125, 1e-7),
});

/** Well-formed graphs of an input `x` and a weight `a/w`, both [N, H + 3, 2], with dead ends among the nodes. */
export const randomGraph: fc.Arbitrary<Graph> = fc
  .array(step, { minLength: 1, maxLength: 12 })
  .map((steps) => {
    const b = new GraphBuilder('random');
    b.input('like', floatOf([symbolic('H')]));
    const values = [
      b.input('x', floatOf(shape)),
      b.variable('a/w', 'weight', floatOf(shape), constant(0.5)),
    ];
    for (const { maker, x, y, n } of steps) {
      values.push(makers[maker]!(b, values[x % values.length]!, values[y % values.length]!, n));
    }
    b.output('y', values.at(-1)!);
    b.output('z', values[Math.floor(values.length / 2)]!);
    b.update('a/w', values.at(-1)!);
    return b.finish([
      { symbol: 'N', modulus: 1, remainder: 0 },
      { symbol: 'H', modulus: 4, remainder: 2 },
    ]);
  });
