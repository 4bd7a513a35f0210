import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compiler/compile.js';
import { costOf } from '../../src/compiler/cost/cost.js';
import { verify } from '../../src/compiler/ir/verify.js';
import { printResidue } from '../../src/compiler/sizes/residue.js';
import { diskReader } from '../../src/runtime/files/source-reader.js';

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

describe('another norm is one word', () => {
  const normed = ['unet', 'attention-unet', 'attention-unet-coarse', 'attention-res-unet'];
  const recurrent = ['r2unet', 'ru-unet', 'r2au'];
  const size = { height: 64, width: 64 };

  test.each([...normed, ...recurrent, 'bcdunet'])('%s', (name) => {
    const plain = costOf(compiled(`${name}.net`, { base: '16' }), size);
    const graph = compiled(`${name}.net`, { base: '16', Norm: 'GroupNorm' });
    expect(graph.nodes.filter(({ op }) => op.name === 'batchNorm')).toEqual([]);
    expect(graph.variables.filter(({ kind }) => kind === 'moment')).toEqual([]);
    expect(costOf(graph, size).parameters).toBe(plain.parameters);
    const without = compiled(`${name}.net`, { base: '16', Norm: 'GroupNorm(4, scale: false)' });
    expect(costOf(without, size).parameters).toBeLessThan(plain.parameters);
  });

  test('segnet', () => {
    const graph = compiled('segnet.net', { Norm: 'GroupNorm' });
    expect(graph.nodes.filter(({ op }) => op.name === 'batchNorm')).toEqual([]);
  });

  test.each(['drive', 'isic', 'lung'])("%s-quick's units take it too", (name) => {
    const text = readFileSync(`experiments/${name}-quick.yaml`, 'utf8');
    const Unit = /Unit: "(.*)"/.exec(text)![1]!;
    const graph = compiled('r2au.net', { base: '16', Unit, Norm: 'GroupNorm' });
    expect(graph.nodes.filter(({ op }) => op.name === 'batchNorm')).toEqual([]);
  });
});

describe('counts derived by hand', () => {
  const count = (file: string, overrides: Record<string, string> = {}) =>
    costOf(compiled(file, overrides), { height: 64, width: 64 });
  const square = (n: number) => n * n;
  const sum = (terms: readonly number[]) => terms.reduce((a, b) => a + b, 0);
  /** The channels in and out of the nine units of U-Net: five on the way down, four on the way up, after a concat. */
  const units = [
    [3, 64],
    [64, 128],
    [128, 256],
    [256, 512],
    [512, 1024],
    [1024, 512],
    [512, 256],
    [256, 128],
    [128, 64],
  ];
  const levels = [64, 128, 256, 512];

  test('RU-Net: a projection and two recurrent layers a unit, an UpConv a level, a head', () => {
    // in F + F of the 1x1 projection; twice 9 F^2 + F of the shared kernel and 2 F of the batch norm.
    const ofUnits = sum(
      units.map(([from, to]) => from! * to! + to! + 2 * (9 * square(to!) + 3 * to!)),
    );
    // 9 (2 F) F + F of the convolution after the upsampling and 2 F of its batch norm.
    const ofUps = sum(levels.map((to) => 9 * 2 * to * to + 3 * to));
    // 32,821,568 + 6,269,760 + 65.
    expect(count('ru-unet.net').parameters).toBe(ofUnits + ofUps + (64 + 1));
  });

  test('Attention Res U-Net: U-Net, a shortcut a unit and a gate a level', () => {
    // in F + F of the 1x1 convolution and 2 F of its batch norm.
    const shortcuts = sum(units.map(([from, to]) => from! * to! + 3 * to!));
    // Two 1x1 convolutions F -> F/2 with bias and batch norm; one F/2 -> 1 with bias and batch norm.
    const gates = sum(levels.map((f) => 2 * ((f * f) / 2 + (3 * f) / 2) + f / 2 + 3));
    // 34,527,041 + 1,401,664 + 351,532.
    expect(count('attention-res-unet.net').parameters).toBe(34_527_041 + shortcuts + gates);
  });

  test("Attention U-Net with Oktay's gate: U-Net and a gate a level", () => {
    // 2x2 convolution F -> F/2 without bias, 1x1 convolution 2 F -> F/2 with bias, 1x1 convolution F/2 -> 1 with bias.
    const gates = sum(levels.map((f) => 2 * f * f + (f * f + f / 2) + (f / 2 + 1)));
    expect(count('attention-unet-coarse.net').parameters).toBe(34_527_041 + gates);
  });

  test('SegNet: the convolutions of VGG16 and their mirror', () => {
    expect(count('segnet.net')).toMatchObject({ parameters: 29_443_585 });
  });

  test('FCN-8s: the convolutions of VGG16, its dense layers, three scores, three upsamplings without bias', () => {
    const convolutions = 14_714_688;
    const dense = 49 * 512 * 4096 + 4096 + (square(4096) + 4096);
    const scores = 4096 + 1 + (512 + 1) + (256 + 1);
    const upsamplings = 2 * square(4) + square(16);
    expect(count('fcn8s.net')).toMatchObject({
      parameters: convolutions + dense + scores + upsamplings,
      state: 0,
    });
  });

  test.each([
    ['1', 8_861_189],
    ['3', 20_659_717],
  ])('BCDU-Net with %s dense blocks, trained weights and moments', (blocks, total) => {
    const { parameters, state } = count('bcdunet.net', { blocks });
    expect(parameters + state).toBe(total);
    expect(state).toBe(2 * (256 + 128 + 64));
  });

  test('BCDU-Net in both directions has a second ConvLSTM and a convolution of both states more a skip', () => {
    const both = count('bcdunet.net', { Skip: 'BiConvLstmSkip' });
    const one = count('bcdunet.net');
    // h channels of state: gates 4 (9 (2 h) h + 9 h^2 + h), convolution 9 (2 h) h + h.
    const more = [128, 64, 32].map((h) => 4 * (27 * h * h + h) + 18 * h * h + h);
    expect(both.parameters - one.parameters).toBe(sum(more));
  });
});

test('networks are defined for the sizes that their poolings divide', () => {
  const divisors = ['segnet.net', 'fcn8s.net', 'bcdunet.net', 'attention-unet-coarse.net'].map(
    (file) => compiled(file).symbols[1]!.modulus,
  );
  expect(divisors).toEqual([32, 32, 8, 16]);
});

test('a U of depth 4 is defined for sizes that 16 divides', () => {
  const graph = compiled('r2au.net');
  expect(graph.symbols.map(printResidue)).toEqual(['N', 'H = 16k', 'W = 16k']);
});

test('the graph of a network obeys every rule of the graph', () => {
  expect(verify(compiled('r2au.net', { base: '2' }))).toEqual([]);
});
