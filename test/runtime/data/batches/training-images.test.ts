import { describe, expect, it } from 'vitest';
import { trainingImages } from '../../../../src/runtime/data/batches/training-images.js';
import type { Entry } from '../../../../src/runtime/data/dataset.js';
import { drawn } from '../samples.js';

const sample = drawn(10, 10, (x) => x);
const bytes = 10 * 10 * (4 + 1);

describe('training images in memory', () => {
  it('are read when first asked for, and the one not used for longest is given up', async () => {
    const read: string[] = [];
    const entries = ['a', 'b', 'c'].map(
      (id): Entry => ({ id, group: null, files: null, read: async () => sample }),
    );
    const preprocessing = { steps: [], channels: 1, statistics: null };
    const through = async (entry: Entry) => {
      read.push(entry.id);
      return entry.read();
    };
    const images = trainingImages(entries, preprocessing, 4, through, 2 * bytes);
    expect(read).toEqual([]);
    for (const index of [0, 1, 0, 2, 0, 2]) await images.at(index);
    expect(read.join('')).toBe('abc');
    await images.at(1);
    await images.at(2);
    expect(read.join('')).toBe('abcb');
    await images.at(0);
    expect(read.join('')).toBe('abcba');
  });
});
