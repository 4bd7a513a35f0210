import { describe, expect, it } from 'vitest';
import { fitPreprocessing, preprocess } from '../../../src/runtime/data/preprocess.js';
import type { Sample } from '../../../src/runtime/data/sample.js';

const sample = (values: number[], fov: number[] | null, channels = 1): Sample => {
  const size = { width: values.length / channels, height: 1 };
  return {
    id: '07',
    image: { ...size, channels, data: Float32Array.from(values) },
    mask: { ...size, data: new Uint8Array(size.width) },
    fov: fov && { ...size, data: Uint8Array.from(fov) },
  };
};

describe('preprocessing', () => {
  it('gives each image mean 0 and deviation 1 inside its field of view, and 0 outside', () => {
    const one = sample([10, 30, 255], [1, 1, 0]);
    const options = fitPreprocessing({ channels: 'gray', standardise: 'image' }, [one]);
    expect([...preprocess(options, one).image.data]).toEqual([-1, 1, 0]);
  });

  it('keeps the mean and deviation of the training images for all others', () => {
    const options = fitPreprocessing({ channels: 'gray', standardise: 'dataset' }, [
      sample([0, 20], null),
      sample([0, 20], null),
    ]);
    expect(options.statistics).toEqual({ mean: [10], deviation: [10] });
    expect([...preprocess(options, sample([40], null)).image.data]).toEqual([3]);
  });

  it('selects green or luminance of three channels', () => {
    const colours = sample([255, 0, 0, 0, 255, 0], null, 3);
    const see = (channels: 'green' | 'gray') =>
      preprocess(fitPreprocessing({ channels, standardise: 'none' }, []), colours).image;
    expect([...see('green').data]).toEqual([0, 1]);
    expect(see('gray').data[0]).toBeCloseTo(0.299, 5);
    expect(see('gray').channels).toBe(1);
  });

  it('refuses three channels of an image that has one', () => {
    const options = fitPreprocessing({ channels: 'rgb', standardise: 'image' }, []);
    expect(() => preprocess(options, sample([1, 2], null))).toThrow(/image 07 has 1 channel/);
  });
});
