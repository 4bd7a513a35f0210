import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../src/runtime/data/dataset.js';
import type { DataOptions } from '../../../src/runtime/experiments/options/data.js';

/** Real images beside the checkout, or one folder above for a worktree; where they are absent, these tests are too. */
const shared = ['../../../../shared/data', '../../../../../shared/data']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find(existsSync);
if (shared === undefined) console.log('no real images in ../shared/data: their tests are left out');

const open = (kind: 'drive' | 'isic' | 'lung', folder: string) =>
  openDataset({ kind, root: `${shared}/${folder}`, split: null, cache: null });

describe.runIf(shared !== undefined)('real images', () => {
  it('of DRIVE are 20 and 20, with vessels on an eighth of the field', async () => {
    const { train, test } = await open('drive', 'drive');
    expect([train.length, test.length]).toEqual([20, 20]);
    const { image, mask, fov } = await test[0]!.read();
    expect(image).toMatchObject({ width: 565, height: 584, channels: 3 });
    const share = mask.data.reduce((a, b) => a + b, 0) / fov!.data.reduce((a, b) => a + b, 0);
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.16);
  });

  it('of ISIC are 1,200 pairs, by kind and as any folder', async () => {
    const { train, validation, test } = await open('isic', 'isic256');
    expect([train.length, validation.length, test.length]).toEqual([840, 120, 240]);
    const { image, mask } = await train[0]!.read();
    expect(image).toMatchObject({ width: 256, height: 256, channels: 3 });
    expect(new Set(mask.data)).toEqual(new Set([0, 1]));
    const folder: DataOptions = {
      kind: 'folder',
      root: `${shared}/isic256`,
      images: 'images/{id}.jpg',
      masks: 'masks/{id}_segmentation.png',
      fov: null,
      labels: null,
      patient: null,
      split: null,
      cache: null,
    };
    const { train: same } = await openDataset(folder);
    expect(same.map(({ id }) => id)).toEqual(train.map(({ id }) => id));
  });

  it('of lungs are 60 pairs in Hounsfield units', async () => {
    const { train, validation, test } = await open('lung', 'lung');
    const entries = [...train, ...validation, ...test];
    expect(entries).toHaveLength(60);
    for (const entry of entries.slice(0, 6)) {
      const { image, mask } = await entry.read();
      expect(image).toMatchObject({ width: 512, height: 512, channels: 1 });
      const inside = [...image.data].filter((_, i) => mask.data[i] === 1);
      expect(Math.min(...image.data.subarray(0, 10_000), ...inside.slice(0, 10_000))).toBeLessThan(
        -900,
      );
      expect(image.data.some((value) => value > 200)).toBe(true);
    }
  });
});
