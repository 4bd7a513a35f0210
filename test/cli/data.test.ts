import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc } from './netc.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-data-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('netc data', () => {
  it('makes images, checks them and shows them', async () => {
    const made = await netc(
      ['data', 'make', 'lesion', '--out', 'x', '--count', '5', '--size', '32'],
      folder,
    );
    expect(made).toMatchObject({
      status: 0,
      stdout: 'x: 5 images\ndata: {kind: folder, root: x}\n',
    });
    const checked = await netc(['data', 'check', 'x', '--json'], folder);
    expect(checked.status).toBe(0);
    expect(JSON.parse(checked.stdout)).toMatchObject({
      kind: 'folder',
      parts: { train: { images: 3 }, validation: { images: 1 }, test: { images: 1 } },
      problems: [],
    });
    const shown = await netc(['data', 'show', 'x', '--out', 'sheet.png'], folder);
    expect(shown.stdout).toMatch(
      /^sheet\.png\ntrain: 0\d, 0\d, 0\d\nvalidation: 0\d\ntest: 0\d\n$/,
    );
    const png = await readFile(join(folder, 'sheet.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });

  it('checks what an experiment names, and fails where something is wrong', async () => {
    await writeFile(
      join(folder, 'x.yaml'),
      'model: {path: x.net}\ndata: {kind: folder, root: x}\nsteps: 1\noutput: runs/x\n',
    );
    expect((await netc(['data', 'check', 'x.yaml'], folder)).status).toBe(0);
    await writeFile(join(folder, 'x/images/03.png'), 'torn');
    const torn = await netc(['data', 'check', 'x.yaml'], folder);
    expect(torn.status).toBe(1);
    expect(torn.stdout).toMatch(/images.03\.png cannot be read as an image: .*\n1 problem\n$/);
    const split = 'data.split={kind: seed, test: 9}';
    const more = await netc(['data', 'check', 'x.yaml', '--set', split], folder);
    expect(more.stdout).toContain('data.split.test asks for 9 images, but 5 are left');
  });

  it('takes settings for a folder too, and counts what has no ground truth', async () => {
    const args = ['data', 'check', 'x', '--set', 'data.masks=labels/{id}.png'];
    const elsewhere = await netc(args, folder);
    expect(elsewhere.status).toBe(1);
    expect(elsewhere.stdout).toContain('data.masks: masks/{id}.png would pair 5 of 5 images');
    const unknown = await netc(['data', 'check', 'x', '--set', 'data.mask=*/{id}.png'], folder);
    expect(unknown).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('did you mean masks?'),
    });
    for (const part of ['images', 'masks']) {
      await cp(join(folder, 'x', part), join(folder, 'y/train', part), { recursive: true });
    }
    await cp(join(folder, 'x/images'), join(folder, 'y/test/images'), { recursive: true });
    for (const name of await readdir(join(folder, 'y/test/images'))) {
      const path = join(folder, 'y/test/images', name);
      await rename(path, path.replace(name, `t${name}`));
    }
    const checked = await netc(['data', 'check', 'y', '--set', 'data.split={kind: given}'], folder);
    expect(checked.stdout).toContain('5 images without ground truth: netc predict segments them');
  });

  it('says what it cannot make', async () => {
    expect((await netc(['data', 'make', 'liver', '--out', 'y'], folder)).status).toBe(2);
    expect((await netc(['data', 'make', 'lung', '--out', 'y', '--size', '3'], folder)).status).toBe(
      2,
    );
    const taken = await netc(['data', 'make', 'lung', '--out', 'x'], folder);
    expect(taken).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/x holds other files/),
    });
  });
});
