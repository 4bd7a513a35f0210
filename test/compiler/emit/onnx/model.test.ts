import { describe, expect, it } from 'vitest';
import { onnxModel } from '../../../../src/compiler/emit/onnx/model.js';
import { buildProgram } from '../../../../src/compiler/gradient/program.js';
import { interpret } from '../../../../src/compiler/graph/interpret.js';
import { compileFile } from '../../../../src/runtime/compile-file.js';
import { initialState } from '../../../../src/runtime/training/initial-state.js';
import { distance, fed, referenceOf } from '../../../runtime/engines/tensors.js';
import { around } from '../../ops/cases/case.js';
import { openOnnx } from './runtime.js';

const r2au = () => {
  const { graph } = compileFile('models/r2au.net', undefined, { base: '4' });
  const program = buildProgram(graph);
  return { predict: program.functions.predict, weights: initialState(program, 3) };
};

describe('R2AU-Net as ONNX', () => {
  const { predict, weights } = r2au();

  it('predicts in ONNX Runtime what the reference does, at three sizes of image', async () => {
    const session = await openOnnx(predict, weights);
    const sizes = [
      [1, 16, 16],
      [2, 32, 16],
      [1, 48, 32],
    ];
    for (const [count, height, width] of sizes) {
      const inputs = { image: around([count, height, width, 3], height) };
      const { outputs } = interpret(predict, { inputs, variables: referenceOf(weights) });
      const { mask } = await session.run(fed(inputs));
      expect(mask.shape).toEqual([count, height, width, 1]);
      expect(distance(mask, outputs.mask)).toBeLessThanOrEqual(1e-5);
    }
  });

  const { graph } = onnxModel(predict, weights);

  it('transposes what comes in and what goes out, and nothing between', () => {
    const transposed = graph.node.filter(({ opType }) => opType === 'Transpose');
    expect(transposed.map(({ input, output }) => [input[0], output[0]])).toEqual([
      ['image', 'image/nchw'],
      [expect.stringMatching(/sigmoid/), 'mask'],
    ]);
  });

  it('keeps the names and the symbols of the sizes', () => {
    const [{ name, type }] = graph.input;
    expect(name).toBe('image');
    expect(type.tensorType.shape.dim).toEqual([
      { dimParam: 'N' },
      { dimParam: 'H' },
      { dimParam: 'W' },
      { dimValue: 3 },
    ]);
    expect(graph.output.map((output) => output.name)).toEqual(['mask']);
    const stored = graph.initializer.map((tensor) => tensor.name);
    for (const { path } of predict.variables) expect(stored).toContain(path);
    const conv = graph.node.find(({ input }) => input.includes('UShape/Unit/project/kernel'));
    expect(conv).toMatchObject({ opType: 'Conv', name: 'UShape/Unit/project/conv' });
    expect(conv?.input).toEqual([
      'image/nchw',
      'UShape/Unit/project/kernel',
      'UShape/Unit/project/bias',
    ]);
  });
});
