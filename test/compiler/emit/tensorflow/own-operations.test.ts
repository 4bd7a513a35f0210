import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { emitFunction } from '../../../../src/compiler/emit/tensorflow/function.js';
import { GraphDefBuilder } from '../../../../src/compiler/emit/tensorflow/graphdef.js';
import { interpret } from '../../../../src/compiler/interpret/interpret.js';
import { GraphBuilder } from '../../../../src/compiler/ir/builder.js';
import type { Graph, Value } from '../../../../src/compiler/ir/graph.js';
import { arithmetic } from '../../../../src/compiler/ops/elementwise/arithmetic.js';
import { ops } from '../../../../src/compiler/ops/registry.js';
import { floatOf } from '../../../../src/compiler/ops/values.js';
import { type Extents, fixed, fixedValue } from '../../../../src/compiler/sizes/size.js';
import type { Session } from '../../../../src/runtime/engines/session.js';
import { distance, fed } from '../../../runtime/engines/tensors.js';
import { around, between } from '../../ops/cases/case.js';
import { fixedShape } from '../../ops/evaluated.js';
import { openProgram, withTensorFlow } from './engine.js';

/** A graph by what `build` makes of its inputs, which are of these shapes. */
function graphOf(
  shapes: Readonly<Record<string, Extents>>,
  build: (b: GraphBuilder, inputs: Record<string, Value>) => Record<string, Value>,
): Graph {
  const b = new GraphBuilder('f');
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, b.input(name, floatOf(shape.map(fixed)))]),
  );
  for (const [name, value] of Object.entries(build(b, inputs))) b.output(name, value);
  return b.finish([]);
}

/** TensorFlow's operations of a function that may use netc's own, without those that only carry numbers. */
function operationsOf(graph: Graph, ownKernels = true): string[] {
  const b = new GraphDefBuilder();
  emitFunction(b, graph.name, graph, new Map(), { ownKernels });
  const carriers = ['Placeholder', 'Const', 'Identity', 'NoOp'];
  return b.nodes.map(({ op }) => op).filter((op) => !carriers.includes(op));
}

const conv = { strides: [1, 1], dilations: [1, 1], groups: 1, padding: 'same' } as const;
const norm = { epsilon: 1e-3 };

interface Sizes {
  readonly image: readonly [n: number, height: number, width: number];
  readonly inputs: number;
  readonly outputs: number;
  readonly side: 1 | 3;
}

/** A convolution and its two gradients, each with an addition after it. */
function threeSums({ image, inputs, outputs, side }: Sizes): Graph {
  const shapes = {
    x: [...image, inputs],
    g: [...image, outputs],
    kernel: [side, side, inputs, outputs],
  };
  return graphOf({ ...shapes, y0: shapes.g, x0: shapes.x, k0: shapes.kernel }, (b, v) => {
    const { add } = arithmetic(b);
    const { x, g, kernel, y0, x0, k0 } = v as Record<string, Value>;
    const back = { ...conv, shape: fixedShape(shapes.x) };
    return {
      y: add(b.apply(ops.conv, [x!, kernel!], conv)[0], y0!),
      dx: add(x0!, b.apply(ops.convTranspose, [g!, kernel!], back)[0]),
      dkernel: add(
        b.apply(ops.convKernelGradient, [x!, g!], { ...conv, shape: shapes.kernel })[0],
        k0!,
      ),
    };
  });
}

/** A batch norm of a training step, what may follow it, and its gradients from that of the end. */
function trainedNorm(shape: Extents, relu: boolean, adding: boolean): Graph {
  const channels = [shape[3]!];
  const shapes = { x: shape, scale: channels, shift: channels, g: shape, a: shape };
  return graphOf(shapes, (b, v) => {
    const { x, scale, shift, g, a } = v as Record<string, Value>;
    const [y, mean, variance] = b.apply(ops.batchNormTrain, [x!, scale!, shift!], norm);
    const [passed] = relu ? b.apply(ops.relu, [y], {}) : [y];
    const [masked] = relu ? b.apply(ops.reluGradient, [g!, passed], {}) : [g!];
    const [dx, dscale, dshift] = b.apply(
      ops.batchNormGradient,
      [masked, x!, scale!, mean, variance],
      norm,
    );
    const end = adding ? arithmetic(b).add(a!, passed) : passed;
    return { end, mean, variance, dx, dscale, dshift };
  });
}

/** A convolution and some of what may follow it in a prediction. */
const chain = (...parts: readonly string[]): Graph => {
  const [image, outputs] = [[2, 5, 6], 9] as const;
  const channels = [outputs];
  const shapes = {
    x: [...image, 8],
    kernel: [3, 3, 8, outputs],
    bias: channels,
    scale: channels,
    shift: channels,
    mean: channels,
    variance: channels,
    a: [...image, outputs],
  };
  return graphOf(shapes, (b, v) => {
    const [x, kernel, bias, scale, shift, mean, variance, a] = Object.values(v) as [
      Value,
      Value,
      Value,
      Value,
      Value,
      Value,
      Value,
      Value,
    ];
    let [y] = b.apply(ops.conv, [x, kernel], conv);
    if (parts.includes('biasAdd')) [y] = b.apply(ops.biasAdd, [y, bias], {});
    if (parts.includes('batchNorm'))
      [y] = b.apply(ops.batchNorm, [y, scale, shift, mean, variance], { ...norm, momentum: 0.1 });
    if (parts.includes('relu')) [y] = b.apply(ops.relu, [y], {});
    return { y: parts.includes('add') ? arithmetic(b).add(y, a) : y };
  });
};

/** All numbers for a graph's inputs; scales and variances are positive. */
const numbersFor = (graph: Graph) =>
  Object.fromEntries(
    graph.inputs.map(({ name, value }, i) => {
      const shape = value.type.shape.map((size) => fixedValue(size)!);
      const positive = ['scale', 'variance'].includes(name);
      return [name, positive ? between(shape, 0.3, 2, i) : around(shape, i)];
    }),
  );

const chains = [
  ['biasAdd'],
  ['batchNorm'],
  ['relu'],
  ['add'],
  ['biasAdd', 'relu'],
  ['batchNorm', 'relu', 'add'],
  ['biasAdd', 'batchNorm', 'relu', 'add'],
].map((parts) => ({ title: parts.join(', '), parts }));

describe('what netc computes by operations of its own', () => {
  it.each(chains)('a convolution, $title, in one', ({ parts }) => {
    expect(operationsOf(chain(...parts))).toEqual(['NetcConvolution']);
  });

  it('a gradient of a convolution and the sum it is part of, in one', () => {
    const graph = threeSums({ image: [1, 4, 4], inputs: 8, outputs: 8, side: 3 });
    expect(operationsOf(graph)).toEqual([
      'NetcConvolution',
      'NetcConvolutionInputGradient',
      'NetcConvolutionKernelGradient',
    ]);
  });

  it('a batch norm, its ReLU and an addition in one, both gradients in one', () => {
    expect(operationsOf(trainedNorm([1, 2, 3, 8], true, true))).toEqual([
      'NetcNormalise',
      'NetcNormaliseGradient',
    ]);
  });

  it('keeps what something else looks at', () => {
    const shape = [1, 2, 2, 8];
    const graph = graphOf({ x: shape, kernel: [1, 1, 8, 8] }, (b, { x, kernel }) => {
      const [y] = b.apply(ops.conv, [x!, kernel!], conv);
      return { y, positive: b.apply(ops.relu, [y], {})[0] };
    });
    expect(operationsOf(graph)).toEqual(['NetcConvolution', 'Relu']);
  });

  it('leaves few channels, strides and what is written for other programs to TensorFlow', () => {
    const few = threeSums({ image: [1, 4, 4], inputs: 3, outputs: 8, side: 3 });
    const own = (graph: Graph, ownKernels = true) =>
      operationsOf(graph, ownKernels).filter((op) => op.startsWith('Netc'));
    expect(own(few)).toEqual([]);
    expect(own(chain('biasAdd', 'batchNorm', 'relu'), false)).toEqual([]);
    expect(own(trainedNorm([1, 2, 3, 8], true, true), false)).toEqual([]);
  });
});

withTensorFlow("netc's own operations do what the reference does", () => {
  const open: Session[] = [];
  afterAll(() => {
    for (const session of open) session.close();
  });

  async function requireSame(graph: Graph): Promise<void> {
    const session = await openProgram({ name: 'f', variables: [], functions: { f: graph } });
    open.push(session);
    const inputs = numbersFor(graph);
    const found = session.run('f', fed(inputs));
    const { outputs } = interpret(graph, { inputs, variables: {} });
    for (const [name, tensor] of Object.entries(outputs)) {
      expect(found[name]!.shape, name).toEqual(tensor.shape);
      expect(distance(found[name]!, tensor), name).toBeLessThanOrEqual(1e-5);
    }
  }

  it.each(chains)('a convolution, $title', async ({ parts }) => {
    await requireSame(chain(...parts));
  });

  const size = (least: number, most: number) => fc.integer({ min: least, max: most });
  const drawn = { seed: 7, numRuns: 25 };

  it('convolutions and their gradients, whatever the sizes', async () => {
    const sizes = fc.record({
      image: fc.tuple(size(1, 3), size(1, 11), size(1, 11)),
      inputs: size(8, 40),
      outputs: size(8, 40),
      side: fc.constantFrom(1 as const, 3 as const),
    });
    await fc.assert(
      fc.asyncProperty(sizes, (one) => requireSame(threeSums(one))),
      drawn,
    );
  });

  it('kernels with so many channels that they come in blocks', async () => {
    await requireSame(threeSums({ image: [2, 5, 6], inputs: 150, outputs: 170, side: 3 }));
  });

  it('batch norms of a training step, whatever the sizes', async () => {
    const shapes = fc.tuple(size(1, 3), size(1, 9), size(2, 9), size(1, 37));
    const property = fc.asyncProperty(shapes, fc.boolean(), fc.boolean(), (shape, relu, adding) =>
      requireSame(trainedNorm(shape, relu, adding)),
    );
    await fc.assert(property, drawn);
  });

  it('a batch norm of one value a channel has no gradient, to the bit', async () => {
    const graph = trainedNorm([1, 1, 1, 37], false, false);
    const session = await openProgram({ name: 'f', variables: [], functions: { f: graph } });
    open.push(session);
    const { dx } = session.run('f', fed(numbersFor(graph)));
    expect(dx!.data.every((value) => value === 0)).toBe(true);
  });

  it('NaN comes through a ReLU, so that a network that diverges is seen to', async () => {
    const graph = chain('biasAdd', 'relu');
    const session = await openProgram({ name: 'f', variables: [], functions: { f: graph } });
    open.push(session);
    const inputs = fed(numbersFor(graph));
    inputs.x!.data[0] = Number.NaN;
    expect(session.run('f', inputs).y!.data[0]).toBeNaN();
  });
});
