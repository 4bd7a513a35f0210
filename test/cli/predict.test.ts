import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc, root } from './netc.js';

let folder: string;
const experiment = `model:
  path: unet.net
parameters:
  base: 4
  depth: 1
data:
  kind: synthetic-retina
  train: 2
  test: 1
  size: 64
steps: 2
batch: 2
patch: 32
output: run
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-predict-'));
  await cp(join(root, 'models'), folder, { recursive: true });
  await writeFile(join(folder, 'x.yaml'), experiment);
  const noise = { type: 'gaussian', mean: 120, sigma: 40 } as const;
  const create = { width: 71, height: 45, channels: 3, background: 'black', noise } as const;
  await sharp({ create }).png().toFile(join(folder, 'odd.png'));
  await writeFile(join(folder, 'broken.png'), 'no image');
  expect(await netc(['train', 'x.yaml'], folder)).toMatchObject({ status: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

const predict = (...args: string[]) => netc(['predict', 'run', ...args], folder);

describe('netc predict', () => {
  it('writes probabilities, mask and overlay of the size of the image', async () => {
    const { status, stdout } = await predict('odd.png', '--out', 'out', '--json');
    expect(status).toBe(0);
    const { images, threshold } = JSON.parse(stdout);
    expect(threshold).toBe(0.5);
    expect(images[0]).toMatchObject({ image: 'odd.png', width: 71, height: 45 });
    expect((await readdir(join(folder, 'out'))).sort()).toEqual([
      'odd-mask.png',
      'odd-overlay.png',
      'odd-probability.png',
    ]);
    const at = (name: string) => sharp(join(folder, 'out', `odd-${name}.png`));
    expect(await at('probability').metadata()).toMatchObject({
      width: 71,
      height: 45,
      depth: 'ushort',
    });
    expect(await at('overlay').metadata()).toMatchObject({ width: 71, height: 45, channels: 3 });
    const mask = await at('mask').toColourspace('b-w').raw().toBuffer();
    const probability = await at('probability')
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    const words = new Uint16Array(probability.buffer, probability.byteOffset, 71 * 45);
    // At one half exactly the rounded probability does not tell.
    for (const [i, value] of words.entries()) {
      if (Math.abs(value - 32767.5) > 1) expect(mask[i]).toBe(value > 32767.5 ? 255 : 0);
    }
  });

  it('goes on after an image that cannot be read, and says so', async () => {
    const { status, stderr, stdout } = await predict('broken.png', 'odd.png', '--out', 'some');
    expect(status).toBe(1);
    expect(stderr).toMatch(/error: broken\.png cannot be read as an image/);
    expect(stdout).toMatch(/odd\.png: 71x45/);
    expect(await readdir(join(folder, 'some'))).toHaveLength(3);
  });

  it('takes another threshold', async () => {
    const { stdout } = await predict('odd.png', '--out', 'all', '--threshold', '0', '--json');
    expect(JSON.parse(stdout).images[0].foreground).toBe(1);
  });

  it('refuses images that would overwrite each other, and weights that are not there', async () => {
    const twice = await predict('odd.png', 'odd.jpg', '--out', 'out');
    expect(twice.status).toBe(1);
    expect(twice.stderr).toMatch(/odd\.png and odd\.jpg would both be written as odd/);
    const best = await predict('odd.png', '--out', 'out', '--weights', 'best');
    expect(best.stderr).toMatch(/best\.safetensors is not there: give --weights last/);
  });
});
