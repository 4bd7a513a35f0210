import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../src/runtime/data/dataset.js';
import { dataInFolder } from '../../../src/runtime/data/in-folder.js';
import { inspectData } from '../../../src/runtime/data/inspect.js';
import { type Drawing, labelsOf, makeImages } from '../../../src/runtime/data/make.js';
import type { Sample } from '../../../src/runtime/data/sample.js';
import { drawLesion } from '../../../src/runtime/data/synthetic/lesion.js';
import { drawLung } from '../../../src/runtime/data/synthetic/lung.js';
import { drawRetina } from '../../../src/runtime/data/synthetic/retina.js';
import type { DataOptions } from '../../../src/runtime/experiments/options/data.js';
import { contactSheet } from '../../../src/runtime/reports/contact-sheet.js';
import { printInspection } from '../../../src/runtime/reports/data.js';
import { testFolder } from './folder.js';

const { root, write } = testFolder();

const made = async (kind: Drawing, count = 2): Promise<DataOptions> => {
  const out = join(root(), kind);
  await makeImages(kind, { out, count, size: 48, seed: 5 });
  return { ...(await dataInFolder(out)), labels: labelsOf(kind) } as DataOptions;
};

describe('made images', () => {
  it.each<[Drawing, (index: number) => Sample]>([
    ['retina', (index) => drawRetina(48, 5, index)],
    ['lesion', (index) => drawLesion(48, 5, index)],
    ['lung', (index) => drawLung(48, 5, index)],
    ['lung-sides', (index) => drawLung(48, 5, index, 2)],
  ])('of a %s read back as what was drawn', async (kind, draw) => {
    const { train, test } = await openDataset({
      ...(await made(kind)),
      split: { kind: 'seed', seed: 1, train: null, validation: 0, test: 1 },
    } as DataOptions);
    for (const entry of [...train, ...test]) {
      expect(await entry.read()).toEqual(draw(Number(entry.id)));
    }
  });

  it('are not written over something', async () => {
    await write('lung/notes.txt', 'x');
    await expect(made('lung')).rejects.toThrow(/lung holds other files: choose another folder/);
  });
});

describe('an inspection', () => {
  it('counts images, sizes and classes of each part', async () => {
    const found = await inspectData(await made('lung-sides', 10));
    expect(found).toMatchObject({ kind: 'folder', classes: ['right', 'left'], problems: [] });
    expect(Object.values(found.parts).map(({ images }) => images)).toEqual([7, 1, 2]);
    expect(found.sizes).toEqual([{ size: '48x48x1', images: 10 }]);
    expect(found.range![0]).toBeLessThan(-1000);
    for (const share of found.parts.train.shares) {
      expect(share).toBeGreaterThan(0.03);
      expect(share).toBeLessThan(0.2);
    }
    expect(printInspection(found)).toMatch(/^train +7 +- +\d\.\d% +\d\.\d%$/m);
  });

  it('goes on over damaged files and names each', async () => {
    const options = await made('lesion', 6);
    await write('lesion/images/02.png', 'torn');
    await write('lesion/masks/05.png', '');
    const { problems, sizes } = await inspectData(options);
    expect(problems).toHaveLength(2);
    expect(problems.join('\n')).toMatch(/images.02\.png cannot be read/);
    expect(problems.join('\n')).toMatch(/masks.05\.png cannot be read/);
    // The image of the damaged mask is one of them.
    expect(sizes).toEqual([{ size: '48x48x3', images: 5 }]);
  });

  it('tells what has no partner', async () => {
    const options = await made('lesion', 2);
    await write('lesion/images/09.png', '');
    expect((await inspectData(options)).problems).toEqual([
      'images/09.png has no mask masks/09.*: add it or remove that file',
    ]);
  });
});

describe('a contact sheet', () => {
  it('has a row a part, and outlines in the colours of the classes', async () => {
    const dataset = await openDataset(await made('lung-sides', 10));
    const { png, rows } = await contactSheet(dataset, 4);
    expect(rows.map(({ part, ids }) => [part, ids.length])).toEqual([
      ['train', 4],
      ['validation', 1],
      ['test', 2],
    ]);
    const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const colours = new Set<number>();
    for (let i = 0; i < data.length; i += 3) colours.add(data.readUIntBE(i, 3));
    expect(colours).toContain(0x2fd35f);
    expect(colours).toContain(0xff4fa3);
  });
});
