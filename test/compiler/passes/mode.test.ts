import { describe, expect, it } from 'vitest';
import { interpret, type Tensors } from '../../../src/compiler/interpret/interpret.js';
import { GraphBuilder } from '../../../src/compiler/ir/builder.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import { dropPath } from '../../../src/compiler/ops/structure/drop-path.js';
import { dropout } from '../../../src/compiler/ops/structure/dropout.js';
import { dropoutMask } from '../../../src/compiler/ops/structure/dropout-mask.js';
import { spatialDropout } from '../../../src/compiler/ops/structure/spatial-dropout.js';
import { floatOf } from '../../../src/compiler/ops/values.js';
import * as mode from '../../../src/compiler/passes/mode.js';
import { fixed, symbolic } from '../../../src/compiler/sizes/size.js';
import { initialVariables, scalar } from '../gradient/feeds.js';
import { normTwice } from '../gradient/networks.js';
import { listed } from '../ops/cases/case.js';

const toTraining = (model: Graph): Graph => mode.toTraining(model).finish(model.symbols);
const toInference = (model: Graph): Graph => mode.toInference(model).finish(model.symbols);
const toMoments = (model: Graph): Graph => mode.toMoments(model).finish(model.symbols);

const image = listed([1, 2, 2, 1], [1, 2, 4, 9]);
/** Mean 4; the squares of the differences are 9, 4, 0, 25. */
const mean = 4;
const [biased, unbiased] = [38 / 4, 38 / 3];
/** After the first norm the variance is just below 1. */
const second = ((4 / 3) * biased) / (biased + 1e-5);

function run(graph: Graph, inputs: Tensors, variables = initialVariables(graph)) {
  expect(verify(graph)).toEqual([]);
  return interpret(graph, { inputs, variables });
}

describe('modes-2: training mode', () => {
  it('folds the moments of both uses of a shared norm, in their order', () => {
    const { updates } = run(toTraining(normTwice()), { image, seed: scalar(0) });
    expect(updates['norm/mean']!.data[0]).toBeCloseTo(0.9 * (0.1 * mean), 12);
    const once = 0.9 * 1 + 0.1 * unbiased;
    expect(updates['norm/variance']!.data[0]).toBeCloseTo(0.9 * once + 0.1 * second, 12);
  });

  it("normalises by the batch's moments, whatever is stored", () => {
    const graph = toTraining(normTwice());
    const stored = { 'norm/mean': listed([1], [5]), 'norm/variance': listed([1], [3]) };
    const inputs = { image, seed: scalar(0) };
    const { outputs } = run(graph, inputs);
    const other = run(graph, inputs, { ...initialVariables(graph), ...stored });
    expect(other.outputs.mask!.data).toEqual(outputs.mask!.data);
  });
});

describe('inference mode', () => {
  it('normalises by the stored moments and updates nothing', () => {
    const graph = toInference(normTwice());
    const { outputs, updates } = run(graph, { image });
    expect(updates).toEqual({});
    expect(outputs.mask!.data[0]).toBeCloseTo(1 / (1 + Math.exp(-1 / (1 + 1e-5))), 12);
  });
});

describe('the function moments', () => {
  const graph = toMoments(normTwice());

  it('takes the mean over the uses of a shared norm', () => {
    const { updates } = run(graph, { image, seed: scalar(0), fraction: scalar(1) });
    expect(updates['norm/mean']!.data[0]).toBeCloseTo(mean / 2, 12);
    expect(updates['norm/variance']!.data[0]).toBeCloseTo((unbiased + second) / 2, 12);
  });

  it('leaves the mean over batches when it is fed 1/k', () => {
    let variables = initialVariables(graph);
    [1, 2, 3].forEach((offset, i) => {
      const moved = listed(
        image.shape,
        [...image.data].map((x) => x + offset),
      );
      const inputs = { image: moved, seed: scalar(0), fraction: scalar(1 / (i + 1)) };
      variables = { ...variables, ...run(graph, inputs, variables).updates };
    });
    expect(variables['norm/mean']!.data[0]).toBeCloseTo((mean + 2) / 2, 12);
  });

  it('changes moments only', () => {
    expect(graph.updates.map(({ path }) => path)).toEqual(['norm/mean', 'norm/variance']);
    expect(graph.outputs).toEqual([]);
  });
});

describe('modes-1: dropout', () => {
  const b = new GraphBuilder('Dropped');
  const x = b.input('x', floatOf([fixed(64)]));
  b.output('y', b.apply(dropout, [x], { rate: 0.5, path: 'a/dropout' })[0]);
  const model = b.finish([]);
  const ones = listed([64], new Array(64).fill(1));

  it('does nothing when predicting', () => {
    const graph = toInference(model);
    expect(graph.nodes).toEqual([]);
    expect(run(graph, { x: ones }).outputs.y!.data).toEqual(ones.data);
  });

  it('draws another mask for another seed or step, and the same for the same', () => {
    const graph = toTraining(model);
    const masked = (seed: number, step: number) =>
      run(graph, { x: ones, seed: scalar(seed) }, { 'optimizer/step': scalar(step) }).outputs.y!
        .data;
    expect(new Set(masked(1, 0))).toEqual(new Set([0, 2]));
    expect(masked(1, 0)).toEqual(masked(1, 0));
    expect(masked(1, 0)).not.toEqual(masked(2, 0));
    expect(masked(1, 0)).not.toEqual(masked(1, 1));
  });
});

describe('dropout of whole channels and of whole images', () => {
  const [images, height, width, channels] = [6, 3, 4, 5];
  const ones = listed([images, height, width, channels], new Array(360).fill(1));

  /** The factor of each element when training, seed 4 and step 9. */
  function factors(op: typeof dropPath, rate: number): Float64Array {
    const b = new GraphBuilder('Dropped');
    const x = b.input('x', floatOf([symbolic('N'), symbolic('H'), symbolic('W'), fixed(channels)]));
    b.output('y', b.apply(op, [x], { rate, path: 'a/drop' })[0]);
    const symbols = ['N', 'H', 'W'].map((symbol) => ({ symbol, modulus: 1, remainder: 0 }));
    const model = b.finish(symbols);
    expect(run(toInference(model), { x: ones }).outputs.y!.data).toEqual(ones.data);
    const inputs = { x: ones, seed: scalar(4) };
    return run(toTraining(model), inputs, { 'optimizer/step': scalar(9) }).outputs.y!.data;
  }

  /** What `dropout` draws from the same seed, step and path, in order. */
  const drawn = (count: number, rate: number): readonly number[] => {
    const attributes = { rate, path: 'a/drop', shape: [fixed(count)] };
    return [...dropoutMask.evaluate([scalar(4), scalar(9)], attributes, [[count]])[0].data];
  };

  it('spatialDropout: a draw for each channel of each image', () => {
    const draws = drawn(images * channels, 0.5);
    for (const [i, factor] of factors(spatialDropout, 0.5).entries()) {
      const n = Math.floor(i / (height * width * channels));
      expect(factor).toBe(draws[n * channels + (i % channels)]);
    }
    expect(new Set(draws)).toEqual(new Set([0, 2]));
  });

  it('dropPath: a draw for each image', () => {
    const draws = drawn(images, 0.2);
    for (const [i, factor] of factors(dropPath, 0.2).entries()) {
      expect(factor).toBe(draws[Math.floor(i / (height * width * channels))]);
    }
    expect(new Set(draws)).toEqual(new Set([0, 1.25]));
  });
});
