import { describe, expect, it } from 'vitest';
import type { Dataset, Entry } from '../../../src/runtime/data/dataset.js';
import type { LoadedExperiment } from '../../../src/runtime/experiments/load-experiment.js';
import type { PreprocessOptions } from '../../../src/runtime/experiments/options/preprocess.js';
import type { Geometry } from '../../../src/runtime/networks/geometry.js';
import { checkImages } from '../../../src/runtime/preparation/check-images.js';

/** A network of sixteens: depth 4. */
const sixteens = (size: number): number => Math.max(16, Math.ceil(size / 16) * 16);
const geometry = {
  channels: 3,
  margin: 0,
  roundUp: (height: number, width: number) => [sixteens(height), sixteens(width)],
} as unknown as Geometry;

const image = (id: string, width: number, height: number, channels = 3, empty = false) =>
  ({
    id,
    group: null,
    files: null,
    empty,
    header: { width, height, channels, slices: 1, affine: null },
  }) as unknown as Entry;

/** What is objected, as `place: message: way`. */
function objections(
  train: readonly Entry[],
  patch: number,
  preprocess: PreprocessOptions = [],
  network: Geometry = geometry,
): string[] {
  const said: string[] = [];
  const object = (path: readonly unknown[], { message, way }: { message: string; way: string }) =>
    said.push(`${path.join('.')}: ${message}: ${way}`);
  const loaded = { experiment: { patch, preprocess }, object } as unknown as LoadedExperiment;
  const dataset: Dataset = { classes: ['x'], train, validation: [], test: [], unlabelled: [] };
  checkImages(loaded, network, dataset);
  return said;
}

describe('images smaller than the patch', () => {
  it('are one objection, with a size that the network takes and all images hold', () => {
    const images = [image('a', 40, 64), image('b', 64, 50), image('c', 64, 64)];
    expect(objections(images, 48)).toEqual([
      'patch: 1 of 3 images are smaller than the patch of 48x48, the smallest a with 40x64: write `patch: 32`',
    ]);
    expect(objections(images, 64)).toEqual([
      'patch: 2 of 3 images are smaller than the patch of 64x64, the smallest a with 40x64: write `patch: 32`',
    ]);
    expect(objections(images, 32)).toEqual([]);
  });

  it('are enlarged, or the network is another, where it takes no patch so small', () => {
    expect(objections([image('a', 12, 12)], 16).join()).toMatch(
      /takes no patch below 16x16: enlarge the images by the step `resize`/,
    );
  });

  it('are of the size that a step gives them', () => {
    expect(objections([image('a', 12, 12)], 32, [{ resize: 64 }])).toEqual([]);
    expect(objections([image('a', 99, 99)], 32, [{ resize: 16 }]).join()).toMatch(
      /the smallest a with 16x16: write `patch: 16`/,
    );
  });
});

describe('channels', () => {
  it('that differ between images are one objection with counts', () => {
    const images = [image('a', 32, 32), image('b', 32, 32), image('c', 32, 32, 1)];
    expect(objections(images, 32)).toEqual([
      'preprocess: the images have different channels: 2 of 3 channels, as a; 1 of 1 channel, as c: add the step `gray: luminance` to preprocess and give the model an input of 1, or save all of them as colours',
    ]);
    const grey = { ...geometry, channels: 1 };
    expect(objections(images, 32, [{ gray: 'luminance' }], grey)).toEqual([]);
  });

  it('that are not the network takes are named', () => {
    expect(objections([image('a', 32, 32, 4)], 32)).toEqual([
      'preprocess: image a has 4 channels and the network takes 3: give the model an input of 4',
    ]);
  });

  it('that are no colours go through no step of colours', () => {
    const steps: PreprocessOptions = [{ clahe: { clip: 2, tiles: 4 } }];
    const four = { ...geometry, channels: 4 };
    expect(objections([image('a', 32, 32, 4)], 32, steps, four)).toEqual([
      'preprocess: the step clahe takes images of 1 or 3 channels, and 1 have 4, as a: leave the step out',
    ]);
  });
});

describe('masks of the training images', () => {
  it('must have foreground somewhere', () => {
    const images = [image('a', 32, 32, 3, true), image('b', 32, 32, 3, true)];
    expect(objections(images, 32).join()).toMatch(/no mask of the training images has a pixel/);
    expect(objections([...images, image('c', 32, 32)], 32)).toEqual([]);
  });
});
