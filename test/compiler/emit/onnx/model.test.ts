import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../../src/compiler/compile.js';
import { onnxModel } from '../../../../src/compiler/emit/onnx/model.js';
import { permuted } from '../../../../src/compiler/emit/weights.js';
import { interpret } from '../../../../src/compiler/interpret/interpret.js';
import { initialState } from '../../../../src/runtime/engines/initial-state.js';
import { compileFile } from '../../../../src/runtime/networks/compile-file.js';
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
    const session = await openOnnx(predict!, weights);
    const sizes = [
      [1, 16, 16],
      [2, 32, 16],
      [1, 48, 32],
    ];
    for (const [count, height, width] of sizes) {
      const inputs = { image: around([count!, height!, width!, 3], height!) };
      const { outputs } = interpret(predict!, { inputs, variables: referenceOf(weights) });
      const { mask } = await session.run(fed(inputs));
      expect(mask!.shape).toEqual([count, height, width, 1]);
      expect(distance(mask!, outputs.mask!)).toBeLessThanOrEqual(1e-5);
    }
  });

  const { graph } = onnxModel(predict!, weights);

  it('transposes what comes in and what goes out, and nothing between', () => {
    const transposed = graph.node.filter(({ opType }) => opType === 'Transpose');
    expect(transposed.map(({ input, output }) => [input[0], output[0]])).toEqual([
      ['image', 'image/nchw'],
      [expect.stringMatching(/sigmoid/), 'mask'],
    ]);
  });

  it('keeps the names and the symbols of the sizes', () => {
    const { name, type } = graph.input[0]!;
    expect(name).toBe('image');
    expect(type.tensorType.shape.dim).toEqual([
      { dimParam: 'N' },
      { dimParam: 'H' },
      { dimParam: 'W' },
      { dimValue: 3 },
    ]);
    expect(graph.output.map((output) => output.name)).toEqual(['mask']);
    const stored = graph.initializer.map((tensor) => tensor.name);
    for (const { path } of predict!.variables) expect(stored).toContain(path);
    const conv = graph.node.find(({ input }) => input.includes('UShape/Unit/project/kernel'));
    expect(conv).toMatchObject({ opType: 'Conv', name: 'UShape/Unit/project/conv' });
    expect(conv?.input).toEqual([
      'image/nchw',
      'UShape/Unit/project/kernel',
      'UShape/Unit/project/bias',
    ]);
  });
});

describe('an ONNX file that is asked for as NCHW', () => {
  const { predict, weights } = r2au();
  const options = { layout: 'nchw' } as const;

  it('takes and gives the same numbers in that order, without a transposition', async () => {
    const inputs = { image: around([2, 32, 16, 3], 4) };
    const { mask } = await (await openOnnx(predict!, weights)).run(fed(inputs));
    const moved = { image: permuted(fed(inputs).image!, [0, 3, 1, 2]) };
    const session = await openOnnx(predict!, weights, options);
    const { mask: asked } = await session.run(moved);
    expect(asked!.shape).toEqual([2, 1, 32, 16]);
    expect(asked).toEqual(permuted(mask!, [0, 3, 1, 2]));
    const { graph } = onnxModel(predict!, weights, options);
    expect(graph.node.filter(({ opType }) => opType === 'Transpose')).toEqual([]);
    expect(graph.input[0]!.type.tensorType.shape.dim).toEqual([
      { dimParam: 'N' },
      { dimValue: 3 },
      { dimParam: 'H' },
      { dimParam: 'W' },
    ]);
  });

  it('reads sizes from the axes they are then at', async () => {
    const { graph } = compileFile('models/unet.net', undefined, { base: '2', depth: '2' });
    const { functions, ...program } = buildProgram(graph);
    const state = initialState({ ...program, functions }, 1);
    const inputs = { image: around([1, 8, 12, 3], 4) };
    const { mask } = await (await openOnnx(functions.predict!, state)).run(fed(inputs));
    const session = await openOnnx(functions.predict!, state, options);
    const asked = await session.run({ image: permuted(fed(inputs).image!, [0, 3, 1, 2]) });
    expect(asked.mask).toEqual(permuted(mask!, [0, 3, 1, 2]));
  });
});
