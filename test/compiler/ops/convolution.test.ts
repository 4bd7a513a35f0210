import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conv } from '../../../src/compiler/ops/convolution/conv.js';
import { convKernelGradient } from '../../../src/compiler/ops/convolution/conv-kernel-gradient.js';
import { convTranspose } from '../../../src/compiler/ops/convolution/conv-transpose.js';
import type { ConvAttributes } from '../../../src/compiler/ops/convolution/geometry.js';
import { evaluated, fixedShape, inferred, shapeOf, tensor } from './evaluated.js';

const plain: ConvAttributes = { strides: [1, 1], dilations: [1, 1], groups: 1, padding: 'same' };

/** A row of one channel under a kernel of one row. */
const row = (x: number[], kernel: number[], attributes: Partial<ConvAttributes>) => [
  ...evaluated(conv, [tensor([1, 1, x.length, 1], x), tensor([1, kernel.length, 1, 1], kernel)], {
    ...plain,
    ...attributes,
  })[0]!.data,
];

describe('conv', () => {
  it('is a cross-correlation: the kernel is not flipped', () => {
    expect(row([1, 2, 3, 4], [100, 10, 1], {})).toEqual([12, 123, 234, 340]);
  });

  it('leaves the borders out with "valid"', () => {
    expect(row([1, 2, 3, 4], [100, 10, 1], { padding: 'valid' })).toEqual([123, 234]);
  });

  it('with "same" at stride 2 pads after an even size and on both sides of an odd one', () => {
    expect(row([1, 2, 3, 4], [100, 10, 1], { strides: [1, 2] })).toEqual([123, 340]);
    expect(row([1, 2, 3, 4, 5], [100, 10, 1], { strides: [1, 2] })).toEqual([12, 234, 450]);
  });

  it('with "torch" at stride 2 pads both sides of an even size as well', () => {
    expect(row([1, 2, 3, 4], [100, 10, 1], { strides: [1, 2], padding: 'torch' })).toEqual([
      12, 234,
    ]);
  });

  it('puts the odd pixel of an even kernel after the input', () => {
    expect(row([1, 2, 3], [10, 1], {})).toEqual([12, 23, 30]);
  });

  it('spreads the taps by the dilation', () => {
    const dilated = { dilations: [1, 2], padding: 'valid' } as const;
    expect(row([1, 2, 3, 4, 5, 6], [100, 10, 1], dilated)).toEqual([135, 246]);
  });

  it('keeps the channels of a group to themselves', () => {
    const x = tensor([1, 1, 1, 4], [1, 2, 3, 4]);
    // Kernel [1, 1, 2, 2]: the first output reads channels 0 and 1, the second 2 and 3.
    const kernel = tensor([1, 1, 2, 2], [10, 10, 1, 1]);
    expect([...evaluated(conv, [x, kernel], { ...plain, groups: 2 })[0]!.data]).toEqual([12, 34]);
  });

  it('sums over rows, columns and input channels', () => {
    const x = tensor([1, 2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
    const kernel = tensor([2, 2, 2, 1], [1, 1, 1, 1, 1, 1, 1, 1]);
    expect([...evaluated(conv, [x, kernel], { ...plain, padding: 'valid' })[0]!.data]).toEqual([
      36,
    ]);
  });

  it('demands that the stride divides a symbolic size', () => {
    const halved = inferred(conv, ['[N, H, W, 3]', '[3, 3, 3, 8]'], { ...plain, strides: [2, 2] });
    expect(halved).toEqual({ shape: '[N, H/2, W/2, 8]', demands: ['H/2', 'W/2'] });
    const valid = { ...plain, strides: [2, 1], padding: 'valid' } as const;
    expect(inferred(conv, ['[N, H, W, 3]', '[3, 3, 3, 8]'], valid)).toEqual({
      shape: '[N, H/2 - 1/2, W - 2, 8]',
      demands: ['H/2 - 3/2'],
    });
  });

  it('gives the right size of a constant that is not divided, and still demands it', () => {
    const shapes = ['[N, 5, 8, 3]', '[3, 3, 3, 8]'];
    for (const padding of ['same', 'torch'] as const) {
      const { shape, demands } = inferred(conv, shapes, { ...plain, strides: [2, 2], padding });
      expect(shape).toBe('[N, 3, 4, 8]');
      expect(demands).toEqual(['5/2', '4']);
    }
    const valid = inferred(conv, shapes, { ...plain, strides: [2, 2], padding: 'valid' });
    expect(valid.shape).toBe('[N, 2, 3, 8]');
  });

  it.each([
    [
      '[N, H, W, 64]',
      '[3, 3, 3, 8]',
      {},
      'channels disagree: the kernel wants 3, the input has 64',
    ],
    ['[N, H, W, 4]', '[3, 3, 2, 3]', { groups: 2 }, '2 groups do not divide 3 channels'],
    ['[N, H, W, 3]', '[2, 2, 3, 8]', { padding: 'torch' }, 'wants an odd kernel, this one has 2'],
    ['[N, 2, W, 3]', '[3, 3, 3, 8]', { padding: 'valid' }, 'spans 3, the input has only 2'],
    ['[N, H, W, 3]', '[3, 3, 3, 8]', { strides: [0, 1] }, 'stride 0'],
    ['[N, H, 3]', '[3, 3, 3, 8]', {}, '[batch, height, width, channels] is wanted'],
  ] as const)('refuses %s under %s %o', (x, kernel, attributes, message) => {
    expect(() => inferred(conv, [x, kernel], { ...plain, ...attributes })).toThrow(message);
  });

  it('costs a multiply-add for each tap, input channel of the group and output element', () => {
    const count = (groups: number, kernel: number[]) =>
      conv.multiplyAdds?.([[1, 8, 8, 4], kernel], { ...plain, groups }, [[1, 8, 8, 6]]);
    expect(count(1, [3, 3, 4, 6])).toBe(8 * 8 * 6 * 4 * 9);
    expect(count(2, [3, 3, 2, 6])).toBe(8 * 8 * 6 * 2 * 9);
  });
});

describe('convTranspose', () => {
  const doubled = { ...plain, strides: [2, 2], shape: shapeOf('[N, 2H, 2W, 5]') };

  it('spreads each element over the kernel, stride apart', () => {
    const g = tensor([1, 1, 2, 1], [1, 2]);
    const kernel = tensor([1, 2, 1, 1], [10, 1]);
    const attributes = { ...plain, strides: [1, 2], shape: fixedShape([1, 1, 4, 1]) };
    expect([...evaluated(convTranspose, [g, kernel], attributes)[0]!.data]).toEqual([10, 1, 20, 2]);
  });

  it('adds where kernels overlap and crops what "same" padded', () => {
    const g = tensor([1, 1, 3, 1], [1, 2, 3]);
    const kernel = tensor([1, 3, 1, 1], [100, 10, 1]);
    const attributes = { ...plain, shape: fixedShape([1, 1, 3, 1]) };
    expect([...evaluated(convTranspose, [g, kernel], attributes)[0]!.data]).toEqual([210, 321, 32]);
  });

  it('doubles symbolic sizes and demands nothing', () => {
    expect(inferred(convTranspose, ['[N, H, W, 8]', '[2, 2, 5, 8]'], doubled)).toEqual({
      shape: '[N, 2H, 2W, 5]',
      demands: [],
    });
  });

  it('refuses a result whose convolution would not give the input', () => {
    expect(() => inferred(convTranspose, ['[N, H, H, 8]', '[2, 2, 5, 8]'], doubled)).toThrow(
      'the input has the shape [N, H, H, 8], not [N, H, W, 8]',
    );
  });
});

const random = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
};
const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

const cases = fc.record({
  seed: fc.nat(),
  batch: fc.integer({ min: 1, max: 2 }),
  extent: fc.tuple(fc.integer({ min: 5, max: 8 }), fc.integer({ min: 5, max: 8 })),
  taps: fc.tuple(fc.constantFrom(1, 3), fc.constantFrom(1, 3)),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  dilations: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  groups: fc.integer({ min: 1, max: 3 }),
  perGroup: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  padding: fc.constantFrom('same' as const, 'valid' as const, 'torch' as const),
});

describe('the three convolutions', () => {
  it('are adjoint: <conv(x, k), g> = <x, convTranspose(g, k)> = <k, convKernelGradient(x, g)>', () => {
    fc.assert(
      fc.property(cases, ({ seed, batch, extent, taps, groups, perGroup, ...sliding }) => {
        const next = random(seed);
        const drawn = (shape: number[]) =>
          tensor(shape, Array.from({ length: shape.reduce((a, b) => a * b) }, next));
        const x = drawn([batch, ...extent, perGroup[0] * groups]);
        const kernel = drawn([...taps, perGroup[0], perGroup[1] * groups]);
        const attributes = { ...sliding, groups };
        const [y] = evaluated(conv, [x, kernel], attributes);
        const g = drawn([...y!.shape]);
        const [dx] = evaluated(convTranspose, [g, kernel], {
          ...attributes,
          shape: fixedShape(x.shape),
        });
        const [dk] = evaluated(convKernelGradient, [x, g], { ...attributes, shape: kernel.shape });
        const product = dot(y!.data, g.data);
        expect(dot(x.data, dx!.data)).toBeCloseTo(product, 10);
        expect(dot(kernel.data, dk!.data)).toBeCloseTo(product, 10);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
