import { describe, expect, it } from 'vitest';
import { fitPreprocessing, preprocess } from '../../../src/runtime/data/preprocess.js';
import type { Sample } from '../../../src/runtime/data/sample.js';
import type { PreprocessOptions } from '../../../src/runtime/experiments/options/preprocess.js';
import { rowOf } from './samples.js';

const fitted = (steps: PreprocessOptions, channels = 1, training: Sample[] = []) =>
  fitPreprocessing(steps, channels, () => training);

describe('preprocessing', () => {
  it('gives each image mean 0 and deviation 1 inside its field of view, and 0 outside', async () => {
    const options = await fitted([{ standardise: 'image' }]);
    const seen = preprocess(options, rowOf([10, 30, 255], [1, 1, 0]));
    expect([...seen.image.data]).toEqual([-1, 1, 0]);
  });

  it('keeps the mean and deviation of the training images for all others', async () => {
    const training = [rowOf([0, 20]), rowOf([0, 20])];
    const options = await fitted([{ standardise: 'dataset' }], 1, training);
    expect(options.statistics).toEqual({ mean: [10], deviation: [10] });
    const read = JSON.parse(JSON.stringify(options));
    expect([...preprocess(read, rowOf([40])).image.data]).toEqual([3]);
  });

  it('selects green, luminance or any mixture of three channels', async () => {
    const colours = rowOf([255, 0, 0, 0, 255, 0], null, 3);
    const see = async (gray: 'green' | 'luminance' | number[]) =>
      preprocess(await fitted([{ gray }, { standardise: 'none' }]), colours).image;
    expect([...(await see('green')).data]).toEqual([0, 1]);
    expect([...(await see([0.5, 0.25, 0])).data]).toEqual([0.5, 0.25]);
    expect((await see('luminance')).data[0]).toBeCloseTo(0.299, 5);
    expect((await see('luminance')).channels).toBe(1);
  });

  it('does its steps in the order of the list', async () => {
    const light = rowOf([-1000, -300, 400, 900]);
    const first = await fitted([{ window: { low: -1000, high: 400 } }, { gamma: 2 }]);
    expect([...preprocess(first, light).image.data]).toEqual([0, 0.25, 1, 1]);
    const last = await fitted([{ gamma: 2 }, { window: { low: -1000, high: 400 } }]);
    expect(preprocess(last, light).image.data[1]).toBeCloseTo(1000 / 1400, 5);
  });

  it('leaves values of 0 to 1 where the list says nothing of standardising', async () => {
    expect([...preprocess(await fitted([]), rowOf([0, 255])).image.data]).toEqual([0, 1]);
  });

  it('refuses an image with other channels than the network takes, with a suggestion', async () => {
    const colour = await fitted([{ standardise: 'image' }], 3);
    expect(() => preprocess(colour, rowOf([1, 2]))).toThrow(
      'image 07 has 1 channel and the network takes 3',
    );
    const gray = await fitted([{ standardise: 'image' }], 1);
    expect(() => preprocess(gray, rowOf([1, 2, 3], null, 3))).toThrow(
      'image 07 has 3 channels and the network takes 1: add the step `gray: luminance` to preprocess',
    );
  });
});
