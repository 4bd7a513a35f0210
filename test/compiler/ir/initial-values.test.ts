import { describe, expect, it } from 'vitest';
import { initialValues } from '../../../src/compiler/ir/initial-values.js';
import { constant, schemes } from '../../../src/compiler/ir/initializer.js';

const moments = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
};

describe('initialValues', () => {
  const normal = { kind: 'normal', scale: 1 } as const;

  it('fills with a constant', () => {
    expect([...initialValues(constant(1), 'norm/scale', [3], 0)]).toEqual([1, 1, 1]);
  });

  it('draws a normal distribution of the variance He et al. give', () => {
    const values = initialValues(schemes.he_normal(50), 'conv/kernel', [5, 5, 20, 40], 1);
    const { mean, variance } = moments(values);
    // Four standard errors of 20,000 draws.
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(0.04 / 20000));
    expect(Math.abs(variance / 0.04 - 1)).toBeLessThan(4 * Math.sqrt(2 / 20000));
    const within = values.filter((value) => Math.abs(value) < 0.2).length / values.length;
    expect(within).toBeCloseTo(0.6827, 2);
  });

  it('draws a uniform distribution of the half width asked for', () => {
    const values = initialValues({ kind: 'uniform', scale: 0.5 }, 'conv/kernel', [20000], 1);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.5);
    expect(Math.abs(moments(values).variance * 12 - 1)).toBeLessThan(0.03);
  });

  it('draws independent neighbours', () => {
    const values = initialValues(normal, 'conv/kernel', [20000], 1);
    const product = values.slice(1).reduce((sum, value, i) => sum + value * values[i]!, 0);
    expect(Math.abs(product / values.length)).toBeLessThan(4 / Math.sqrt(20000));
  });

  it('depends on seed and path, and on nothing drawn before', () => {
    const draw = (path: string, seed: number) => [...initialValues(normal, path, [3, 3], seed)];
    const first = draw('a/kernel', 1);
    expect(first).toHaveLength(9);
    expect(draw('b/kernel', 1)).not.toEqual(first);
    expect(draw('a/kernel', 2)).not.toEqual(first);
    expect(draw('a/kernel', 1)).toEqual(first);
  });
});
