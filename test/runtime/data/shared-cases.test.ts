import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../src/runtime/data/dataset.js';
import { dataInFolder } from '../../../src/runtime/data/in-folder.js';
import { inspectData } from '../../../src/runtime/data/inspect.js';
import type { DataOptions } from '../../../src/runtime/experiments/options/data.js';

/** Small files as people bring them, beside the checkout; where they are absent, these tests are too. */
const shared = ['../../../../shared/cases', '../../../../../shared/cases']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find(existsSync);
if (shared === undefined) console.log('no cases in ../shared/cases: their tests are left out');

const dataOf = async (folder: string, more: object = {}): Promise<DataOptions> =>
  ({ ...(await dataInFolder(`${shared}/${folder}`)), ...more }) as DataOptions;

const inspected = async (folder: string, more: object = {}) =>
  inspectData(await dataOf(folder, more));

const shareOf = async (folder: string, more: object = {}): Promise<number> => {
  const { parts, problems } = await inspected(folder, more);
  expect(problems).toEqual([]);
  const pixels = Object.values(parts).flatMap((part) => part.pixels.slice(1));
  const all = Object.values(parts).flatMap((part) => part.pixels);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  return sum(pixels) / sum(all);
};

describe.runIf(shared !== undefined)('files as people bring them', () => {
  it.each([
    ['masks-silently-empty/green', { foreground: '#00ff00' }],
    ['masks-silently-empty/zero-and-100', { foreground: 100 }],
    ['masks-silently-empty/zero-and-two', { foreground: 2 }],
    ['masks-0-1-2-mixed/data', { class1: 1, class2: 2 }],
  ])('%s is refused once, with labels that do', async (folder, labels) => {
    const { problems } = await inspected(folder);
    expect(problems).toHaveLength(1);
    const text = Object.entries(labels)
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? `"${value}"` : value}`)
      .join(', ');
    expect(problems[0]).toContain(`\`labels: {${text}}\``);
    expect(await shareOf(folder, { labels })).toBeCloseTo(192 / 3072, 6);
  });

  it('nan-images: a slope that is no number is 1, voxels that are none are named', async () => {
    expect(await shareOf('nan-images/nan-slope')).toBeCloseTo(await shareOf('nan-images/good'), 6);
    const { problems } = await inspected('nan-images/one-nan-voxel');
    expect(problems).toHaveLength(2);
    for (const problem of problems)
      expect(problem).toMatch(/v\d\.nii\.gz has 3 values that are NaN/);
    const { train } = await openDataset(await dataOf('nan-images/one-nan-voxel'));
    await expect(Promise.all(train.map((entry) => entry.read()))).rejects.toThrow(
      /NaN or infinite/,
    );
  });

  it('fov-volume-first-slice: each slice has its own field of view', async () => {
    expect(await shareOf('fov-volume-first-slice/data')).toBeCloseTo(0.098, 3);
  });

  it.each(['longer', 'shorter'])('mask-of-other-depth, %s: one error a volume', async (folder) => {
    const { problems } = await inspected(`mask-of-other-depth/${folder}`);
    expect(problems).toHaveLength(2);
    for (const problem of problems) expect(problem).toMatch(/has [52] slices, .* has 3 slices/);
  });

  it.each(['npy', 'tif'])('four-channels, %s: all arrive', async (folder) => {
    const { sizes, problems } = await inspected(`four-channels/${folder}`);
    expect(problems).toEqual([]);
    expect(sizes).toEqual([{ size: '32x32x4', images: 3 }]);
  });

  it.each(['turned-180', 'turned-90'])(
    'exif-orientation, %s: masks lie on what is bright',
    async (folder) => {
      const data = await dataOf(`exif-orientation/${folder}`);
      const { train, test } = await openDataset(data);
      for (const entry of [...train, ...test]) {
        const { image, mask } = await entry.read();
        const means = [0, 1].map((number) => {
          const values = [...mask.data.keys()].filter((i) => mask.data[i] === number);
          return (
            values.reduce((sum, i) => sum + image.data[i * image.channels]!, 0) / values.length
          );
        });
        expect(means[1]! - means[0]!).toBeGreaterThan(60);
      }
    },
  );

  it('nifti-int64-labels are read', async () => {
    expect(await shareOf('nifti-int64-labels/data')).toBeCloseTo(0.098, 3);
  });

  it('ignore-label: 255 is left out', async () => {
    const [refused] = (await inspected('ignore-label/data')).problems;
    expect(refused).toContain('`ignore: 255`');
    const share = await shareOf('ignore-label/data', { labels: { disc: 1 }, ignore: 255 });
    expect(share).toBeCloseTo(192 / (3072 - 96), 6);
  });
});
