import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/compiler/gradient/program.js';
import { interpret } from '../../src/compiler/graph/interpret.js';
import { initialState } from '../../src/runtime/training/initial-state.js';
import { openOnnx } from '../compiler/emit/onnx/runtime.js';
import { openTfjs } from '../compiler/emit/tfjs/runtime.js';
import { around, bits, int, listed } from '../compiler/ops/cases/case.js';
import { graphOf } from '../compiler/resolve/texts.js';
import { distance, fed, referenceOf } from '../runtime/engines/tensors.js';
import { engines } from './engines.js';

/** Of negative numbers a zero at the border would be the largest. */
const graph = graphOf(`model Padded {
  input image: [N, H, W, 3]
  let low = (image -> Conv(4)) - 10
  let largest = low -> maxPool(3, stride: 2, padding: "torch")
  let mean = low -> averagePool(3, stride: 2, padding: "torch")
  output mask = (largest + mean) -> Conv(1) -> sigmoid
}`);

const program = buildProgram(graph, {
  loss: { kind: 'bce' },
  optimiser: { kind: 'sgd', momentum: 0 },
  inspect: true,
});
const weights = initialState(program, 7);
const image = around([2, 6, 8, 3], 1);
const batch = {
  image,
  mask: bits([2, 3, 4, 1], 2),
  learningRate: listed([], [0.1]),
  seed: int(0),
};
const variables = referenceOf(weights);
const { mask } = interpret(program.functions.predict, { inputs: { image }, variables }).outputs;
const trained = interpret(program.functions.train, { inputs: batch, variables }).outputs;

describe('poolings that pad as PyTorch does', () => {
  describe.each(engines)('on $name', ({ open, describe: withEngine }) => {
    withEngine('are those of the reference', () => {
      it('in a prediction and in every gradient', async () => {
        const session = await open(program);
        session.write(weights);
        const predicted = session.run('predict', fed({ image })).mask;
        const found = session.run('train', fed(batch));
        session.close();
        expect(distance(predicted, mask)).toBeLessThanOrEqual(1e-5);
        const gradients = Object.keys(trained).filter((name) => name.startsWith('grad/'));
        expect(gradients).toHaveLength(4);
        for (const name of gradients)
          expect(distance(found[name], trained[name]), name).toBeLessThanOrEqual(1e-5);
      });
    });
  });

  it('predict the same in ONNX Runtime and in tfjs', async () => {
    const { predict } = program.functions;
    const onnx = await (await openOnnx(predict, weights)).run(fed({ image }));
    expect(distance(onnx.mask, mask)).toBeLessThanOrEqual(1e-5);
    const tfjs = (await openTfjs(predict, weights)).run(fed({ image }));
    expect(distance(tfjs.mask, mask)).toBeLessThanOrEqual(1e-5);
  });
});
