import fc from 'fast-check';
import { Diagnostics } from '../../src/compiler/diagnostics/diagnostic.js';
import { differentiate } from '../../src/compiler/gradient/differentiate.js';
import { GraphBuilder } from '../../src/compiler/ir/builder.js';
import type { Graph, Node, Value } from '../../src/compiler/ir/graph.js';
import { print } from '../../src/compiler/ir/print.js';
import { ShapeError } from '../../src/compiler/ops/definition.js';
import { arithmetic } from '../../src/compiler/ops/elementwise/arithmetic.js';
import { reduceSum } from '../../src/compiler/ops/reduction/reduce-sum.js';
import { floatOf, sizeOf } from '../../src/compiler/ops/values.js';
import { wholeFor } from '../../src/compiler/sizes/rounded.js';
import {
  type Bindings,
  evaluateShape,
  evaluateSize,
  fixed,
  type Size,
  symbolic,
} from '../../src/compiler/sizes/size.js';
import { solveSizes } from '../../src/compiler/solve/solve.js';
import { kinkedLayers, smoothLayers } from './random-layers.js';

export interface RandomNetwork {
  /** The output `y` of the input `image`, and the derivatives of <y, cotangent> by the image and every weight. */
  readonly graph: Graph;
  /** Sizes that the graph is defined for. */
  readonly bindings: Bindings;
  /** No node has a kink, so that rounding before it cannot pick another branch. */
  readonly smooth: boolean;
}

const plans = fc.record({
  extents: fc.record({
    N: fc.integer({ min: 1, max: 2 }),
    H: fc.integer({ min: 1, max: 9 }),
    W: fc.integer({ min: 1, max: 9 }),
  }),
  channels: fc.integer({ min: 1, max: 4 }),
  symbols: fc.boolean(),
  smooth: fc.boolean(),
  steps: fc.array(
    fc.record({
      layer: fc.nat(99),
      x: fc.nat(2),
      other: fc.nat(9),
      choices: fc.array(fc.nat(11), { minLength: 9, maxLength: 9 }),
    }),
    { minLength: 5, maxLength: 25, size: 'max' },
  ),
});
type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;

/** The reference takes long over larger values, and they show nothing more. */
const mostElements = 3000;

/** Whether the node's sizes are whole, not 0 and not too large; a constant size need not be divided evenly. */
function fits(node: Node, bindings: Bindings): boolean {
  let whole = true;
  const types = node.operands.map(({ type }) => type);
  node.op.infer(types, node.attributes, (size) => {
    whole &&=
      size.symbol === null ||
      wholeFor(size).every((part) => Number.isInteger(evaluateSize(part, bindings)));
  });
  const results = node.results.map(({ type }) => evaluateShape(type.shape, bindings));
  const possible = (n: number): boolean => Number.isInteger(n) && n >= 1;
  return whole && results.every((shape) => shape.every(possible) && sizeOf(shape) <= mostElements);
}

/** A layer that does not fit is left out: its nodes reach no output. */
function networkOf({ extents, channels, symbols, smooth, steps }: Plan): RandomNetwork {
  const bindings: Bindings = symbols ? extents : {};
  const b = new GraphBuilder('random');
  const [N, H, W] = (['N', 'H', 'W'] as const).map(
    (name): Size => (symbols ? symbolic(name) : fixed(extents[name])),
  );
  const images = [b.input('image', floatOf([N!, H!, W!, fixed(channels)]))];
  const weights: Value[] = [];
  const weight = (shape: readonly number[]): Value => {
    const scale = Math.sqrt(1 / Math.max(1, sizeOf(shape.slice(0, 3))));
    const initial = { kind: 'normal', scale } as const;
    weights.push(b.variable(`w${weights.length}`, 'weight', floatOf(shape.map(fixed)), initial));
    return weights.at(-1)!;
  };
  const layers = smooth ? smoothLayers : [...smoothLayers, ...kinkedLayers];
  for (const { layer, x, other, choices } of steps) {
    const numbers = choices.values();
    const choose = <T>(items: readonly T[]): T =>
      items[(numbers.next().value ?? 0) % items.length]!;
    const before = b.nodeCount;
    try {
      const from = images[Math.max(0, images.length - 1 - x)]!;
      const surroundings = { b, other: images[other % images.length]!, choose, weight };
      const made = layers[layer % layers.length]!(surroundings, from);
      if (b.nodes.slice(before).every((node) => fits(node, bindings))) images.push(made);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
    }
  }
  return { graph: withGradients(b, images, weights, symbols), bindings, smooth };
}

function withGradients(
  b: GraphBuilder,
  images: readonly Value[],
  weights: readonly Value[],
  symbols: boolean,
): Graph {
  const y = images.at(-1)!;
  const cotangent = b.input('cotangent', y.type);
  const attributes = { axes: [0, 1, 2, 3], keepDims: false };
  const [product] = b.apply(reduceSum, [arithmetic(b).mul(y, cotangent)], attributes);
  b.output('y', y);
  for (const [value, gradient] of differentiate(b, product, [images[0]!, ...weights])) {
    b.output(`grad/${b.variableOf(value)?.path ?? 'image'}`, gradient);
  }
  const named = symbols ? ['N', 'H', 'W'] : [];
  const { nodes } = b.finish([]);
  const residues = solveSizes({ nodes: symbols ? nodes : [] }, named, new Diagnostics());
  return b.finish(residues);
}

/**
 * Networks of a few layers drawn at random, with constant or symbolic, often odd sizes. A counterexample prints as the
 * text form of its graph.
 */
export const randomNetwork: fc.Arbitrary<RandomNetwork> = plans.map((plan) => {
  const network = networkOf(plan);
  const text = (): string =>
    `${JSON.stringify(network.bindings)}, ${network.smooth ? 'smooth' : 'with kinks'}\n${print(network.graph)}`;
  return { ...network, [fc.toStringMethod]: text };
});
