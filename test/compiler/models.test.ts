import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compiler/compile.js';
import { costOf } from '../../src/compiler/graph/cost.js';
import { verify } from '../../src/compiler/graph/verify.js';
import { printResidue } from '../../src/compiler/shapes/residue.js';
import { diskReader } from '../../src/runtime/source-reader.js';

const compiled = (file: string, overrides: Record<string, string> = {}) => {
  const { graph, diagnostics } = compileModel(`models/${file}`, diskReader(), { overrides });
  expect(diagnostics).toEqual([]);
  return graph!;
};

describe('the networks of the paper at 256x256, one image', () => {
  // Trained weights; multiply-adds of convolutions in units of 10^9, to the digits that are published.
  test.each([
    ['U-Net', 'unet.net', {}, 34_527_041, '65.35'],
    ['Attention U-Net', 'attention-unet.net', {}, 34_878_573, '66.42'],
    ['R2U-Net, T = 2', 'r2unet.net', {}, 39_091_393, '152.49'],
    ['R2U-Net, T = 3', 'r2unet.net', { Unit: 'R2CL(steps: 3)' }, 39_091_393, '195.97'],
    ['R2AU-Net, T = 2', 'r2au.net', {}, 39_442_925, '153.57'],
    ['R2AU-Net, T = 3', 'r2au.net', { Unit: 'R2CL(steps: 3)' }, 39_442_925, '197.05'],
    ['RU-Net', 'ru-unet.net', {}, 39_091_393, '152.49'],
  ])('%s', (_, file, overrides: Record<string, string>, parameters, billions) => {
    const cost = costOf(compiled(file, overrides), { height: 256, width: 256 });
    expect(cost.parameters).toBe(parameters);
    expect((cost.multiplyAdds / 1e9).toFixed(2)).toBe(billions);
  });

  test('R2AU-Net with `Skip: concat` is R2U-Net', () => {
    const gateless = compiled('r2au.net', { Skip: 'concat' });
    const r2unet = compiled('r2unet.net');
    expect({ ...gateless, name: '' }).toEqual({ ...r2unet, name: '' });
  });

  test('two kernels a recurrent layer, as equations 1 and 2 have it, are 70.9 M weights', () => {
    const graph = compiled('r2au.net', { Unit: 'R2CLTwoKernels' });
    const { parameters } = costOf(graph, { height: 256, width: 256 });
    expect((parameters / 1e6).toFixed(1)).toBe('70.9');
  });

  test('a batch norm for each step adds their vectors and no multiply-add', () => {
    const size = { height: 64, width: 64 };
    const one = costOf(compiled('r2au.net', { base: '4' }), size);
    const each = costOf(
      compiled('r2au.net', { base: '4', Unit: 'R2CL(Layer: RecurrentConvStepNorm)' }),
      size,
    );
    expect(each.multiplyAdds).toBe(one.multiplyAdds);
    expect(each.parameters).toBeGreaterThan(one.parameters);
    expect(each.parameters - one.parameters).toBe(each.state - one.state);
  });
});

test('a U of depth 4 is defined for sizes that 16 divides', () => {
  const graph = compiled('r2au.net');
  expect(graph.symbols.map(printResidue)).toEqual(['N', 'H = 16k', 'W = 16k']);
});

test('the graph of a network obeys every rule of the graph', () => {
  expect(verify(compiled('r2au.net', { base: '2' }))).toEqual([]);
});
