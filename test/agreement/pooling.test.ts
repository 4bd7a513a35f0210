import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/compiler/compile.js';
import { interpret } from '../../src/compiler/interpret/interpret.js';
import { initialState } from '../../src/runtime/engines/initial-state.js';
import { openOnnx } from '../compiler/emit/onnx/runtime.js';
import { openTfjs } from '../compiler/emit/tfjs/runtime.js';
import { graphOf, modelOf } from '../compiler/expand/texts.js';
import { around, bits, int, listed } from '../compiler/ops/cases/case.js';
import { distance, fed, referenceOf } from '../runtime/engines/tensors.js';
import { engines } from './engines.js';

/** A network with a sigmoid, sizes of an image that it takes, and those of its mask. */
type Case = readonly [string, string, readonly [number, number], readonly [number, number]];

/** Of negative numbers a zero at the border would be the largest. */
const low = 'let low = (image -> Conv(4)) - 10';
const largestAndMean = (padding: string): string =>
  modelOf(
    '(largest + mean) -> Conv(1) -> sigmoid',
    `${low}
  let largest = low -> maxPool(3, stride: 2, ${padding})
  let mean = low -> averagePool(3, stride: 2, ${padding})`,
  );
const unevenU = modelOf(
  '(((up + small, switches) -> maxUnpool) + back) -> Conv(1) -> sigmoid',
  `let here = image -> Conv(4)
  let (small, switches) = here -> maxPoolWithSwitches(2, floor: true)
  let lowest = small -> averagePool([2, 3], floor: true) -> Conv(4)
  let up = (lowest -> upsample(2), small) -> resizeLike(mode: "bilinear")
  let back = (up -> upsample(2), here) -> resizeLike`,
);

/** The pyramid of PSPNet, and a gate that the largest decide. */
const regions = modelOf(
  '(([here, ...levels] -> concat -> Conv(4)) * (gate -> sigmoid)) -> Conv(1) -> sigmoid',
  `let here = image -> Conv(4)
  let levels = for size in [1, 3, [2, 6]] {
    (here -> adaptiveAveragePool(size) -> Conv(2, kernel: 1), here) -> resizeLike(mode: "bilinear")
  }
  let gate = (here -> maxPool(2, stride: 1) -> adaptiveMaxPool([4, 3]), here) -> resizeLike`,
);

const cases: readonly Case[] = [
  ['padded as PyTorch pads', largestAndMean('padding: "torch"'), [6, 8], [3, 4]],
  ['padded, of any size', largestAndMean('padding: "torch", floor: true'), [7, 8], [4, 4]],
  [
    'what no stride reaches dropped',
    largestAndMean('padding: "valid", floor: true'),
    [8, 9],
    [3, 4],
  ],
  ['to a fixed size', regions, [11, 14], [11, 14]],
  ['to a fixed size, of fewer pixels', regions, [2, 5], [2, 5]],
  ['a U of any size', unevenU, [11, 14], [11, 14]],
  ['a U of another size', unevenU, [7, 9], [7, 9]],
];

/** The network of a case, its weights, and what the reference computes. */
function prepared([name, text, size, pooled]: Case) {
  const program = buildProgram(graphOf(text), {
    loss: { kind: 'bce' },
    optimiser: { kind: 'sgd', momentum: 0 },
    inspect: true,
  });
  const weights = initialState(program, 7);
  const image = around([2, ...size, 3], 1);
  const mask = bits([2, ...pooled, 1], 2);
  const batch = { image, mask, learningRate: listed([], [0.1]), seed: int(0) };
  const variables = referenceOf(weights);
  const { predict, train } = program.functions;
  const expected = interpret(predict!, { inputs: { image }, variables }).outputs;
  const trained = interpret(train!, { inputs: batch, variables }).outputs;
  return { name, program, weights, image, batch, expected, trained };
}

const networks = cases.map(prepared);

describe.each(engines)('poolings on $name are those of the reference', (engine) => {
  engine.describe('in a prediction and in every gradient', () => {
    it.each(networks)('$name', async ({ program, weights, image, batch, expected, trained }) => {
      const session = await engine.open(program);
      session.write(weights);
      const predicted = session.run('predict', fed({ image })).mask!;
      const found = session.run('train', fed(batch));
      session.close();
      expect(distance(predicted, expected.mask!)).toBeLessThanOrEqual(1e-5);
      const gradients = Object.keys(trained).filter((name) => name.startsWith('grad/'));
      expect(gradients.length).toBeGreaterThan(3);
      for (const name of gradients)
        expect(distance(found[name]!, trained[name]!), name).toBeLessThanOrEqual(1e-5);
    });
  });
});

describe('poolings predict the same in ONNX Runtime and in tfjs', () => {
  it.each(networks)('$name', async ({ program, weights, image, expected }) => {
    const { predict } = program.functions;
    const onnx = await (await openOnnx(predict!, weights)).run(fed({ image }));
    expect(distance(onnx.mask!, expected.mask!)).toBeLessThanOrEqual(1e-5);
    const tfjs = (await openTfjs(predict!, weights)).run(fed({ image }));
    expect(distance(tfjs.mask!, expected.mask!)).toBeLessThanOrEqual(1e-5);
  });
});
