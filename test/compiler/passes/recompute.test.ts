import { describe, expect, it } from 'vitest';
import { stepPeaks } from '../../../src/compiler/cost/memory.js';
import type { TrainingOptions } from '../../../src/compiler/gradient/training-step.js';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { print } from '../../../src/compiler/ir/print.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import { recompute } from '../../../src/compiler/passes/recompute/recompute.js';
import { graphOf, modelOf } from '../expand/texts.js';
import { expectGolden } from '../golden.js';
import { initialVariables, scalar } from '../gradient/feeds.js';
import { recurrent, tinyU } from '../gradient/networks.js';
import { stagesOf } from '../gradient/stages.js';
import { around, bits, oneHot } from '../ops/cases/case.js';

// Adam would make a step of the rounding that is the gradient of a bias before a batch norm.
const optimiser = { kind: 'sgd', momentum: 0 } as const;
const scalars = { learningRate: scalar(0.01), seed: scalar(1) };
const bce: TrainingOptions = { loss: { kind: 'bce' }, optimiser };
const last = 'train/common-subexpressions';

const gates = graphOf(
  modelOf(
    'there -> silu -> dropout(0.2) -> Conv(1) -> sigmoid',
    `let here = image -> Conv(4) -> BatchNorm -> relu
  let below = here -> maxPool(2) -> Conv(4) -> BatchNorm -> gelu
  let gate = (here + (below -> upsample(2))) -> Conv(1) -> sigmoid
  let there = (here * gate, image) -> concat`,
  ),
);

const unit = graphOf(modelOf('image -> Conv(2) -> BatchNorm -> relu -> Conv(1) -> sigmoid'));

it('makes a batch norm and its ReLU again for the gradient of the kernel behind them', () => {
  const before = stagesOf(unit, bce).get(last)!;
  expectGolden('recompute.txt', [before, recompute(before, 'normal')].map(print).join('---\n'));
});

it('draws the mask of a dropout as in the forward pass', () => {
  const dropping = graphOf(
    modelOf('image -> Conv(2) -> silu -> dropout(0.5) -> Conv(1) -> sigmoid'),
  );
  const before = stagesOf(dropping, bce).get(last)!;
  const masks = recompute(before, 'normal').nodes.filter(({ op }) => op.name === 'dropoutMask');
  expect(masks).toHaveLength(2);
  expect(masks[1]!.attributes).toEqual(masks[0]!.attributes);
});

/** Four units at two sizes. */
const deep = graphOf(
  modelOf(
    '(up, here) -> concat -> Conv(4) -> BatchNorm -> relu -> Conv(1) -> sigmoid',
    `let here = image -> Conv(4) -> BatchNorm -> relu -> Conv(4) -> BatchNorm -> relu
  let below = here -> maxPool(2) -> Conv(8) -> BatchNorm -> relu -> Conv(8) -> BatchNorm -> relu
  let up = below -> upsample(2) -> Conv(4) -> BatchNorm -> relu`,
  ),
);

describe('a network of several convolutions', () => {
  const before = stagesOf(deep, bce).get(last)!;
  const [normal, low] = (['normal', 'low'] as const).map((memory) => recompute(before, memory));
  const count = (graph: Graph | undefined, op: string): number =>
    graph!.nodes.filter(({ op: { name } }) => name === op).length;

  it('is computed forwards once, and in part twice with little memory', () => {
    expect(count(normal, 'conv')).toBe(count(before, 'conv'));
    expect(count(low, 'conv')).toBeGreaterThan(count(before, 'conv'));
    expect(count(low, 'conv')).toBeLessThanOrEqual(2 * count(before, 'conv'));
  });

  it('takes the moments of a batch once, so that running statistics move once', () => {
    for (const graph of [normal, low])
      expect(count(graph, 'batchNormTrain')).toBe(count(before, 'batchNormTrain'));
  });

  it('holds less at once the less it keeps', () => {
    const { high, ...peaks } = stepPeaks(deep, { height: 64, width: 64 }, 1);
    expect(peaks.normal).toBeLessThan(0.7 * high);
    expect(peaks.low).toBeLessThan(peaks.normal);
  });

  it('is left as it is where all is to be kept', () => {
    expect(recompute(before, 'high')).toBe(before);
  });
});

describe('a step that makes values again', () => {
  describe.each(['normal', 'low'] as const)('memory: %s', (memory) =>
    it.each([
      ['a U', tinyU(), bce, { image: around([2, 4, 6, 2], 1), mask: bits([2, 4, 6, 1], 2) }],
      [
        'a recurrent network',
        recurrent(),
        { ...bce, loss: { kind: 'cross-entropy' } },
        { image: around([2, 3, 5, 2], 3), classes: oneHot([2, 3, 5, 3], 4) },
      ],
      ['gates', gates, bce, { image: around([2, 4, 6, 3], 5), mask: bits([2, 4, 6, 1], 6) }],
    ] as const)('gives the same loss and updates: %s', (_, model, options, images) => {
      const before = stagesOf(model, options as TrainingOptions).get(last)!;
      const after = recompute(before, memory);
      expect(verify(after)).toEqual([]);
      expect(after.nodes.length).toBeGreaterThan(before.nodes.length);
      const feeds = { inputs: { ...images, ...scalars }, variables: initialVariables(before) };
      const [wanted, found] = [interpret(before, feeds), interpret(after, feeds)];
      const all = (run: typeof wanted) => ({ ...run.outputs, ...run.updates });
      for (const [name, { data }] of Object.entries(all(wanted))) {
        const greatest = data.reduce((a, x) => Math.max(a, Math.abs(x)), 1e-3);
        data.forEach((x, i) => {
          const difference = Math.abs(all(found)[name]!.data[i]! - x);
          expect(difference, name).toBeLessThanOrEqual(1e-9 * greatest);
        });
      }
    }),
  );
});
