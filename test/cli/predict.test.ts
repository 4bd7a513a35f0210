import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

async function draw(name: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  const noise = { type: 'gaussian', mean: 120, sigma: 40 } as const;
  const create = { width: 40, height: 36, channels: 3, background: 'black', noise } as const;
  await sharp({ create }).png().toFile(join(folder, name));
}

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

  it('takes a folder with its subfolders, and a pattern', async () => {
    await draw('scans/a/1.png');
    await draw('scans/b/1.png');
    await writeFile(join(folder, 'scans/notes.txt'), 'no image');
    const whole = await predict('scans', '--out', 'scanned', '--fov', 'none');
    expect(whole).toMatchObject({ status: 0 });
    expect((await readdir(join(folder, 'scanned'), { recursive: true })).sort()).toEqual([
      ...['a', 'a/1-mask.png', 'a/1-overlay.png', 'a/1-probability.png'],
      ...['b', 'b/1-mask.png', 'b/1-overlay.png', 'b/1-probability.png'],
    ]);
    for (const pattern of ['scans/a/*.png', 'scans/a/{id}.png']) {
      const { stdout } = await predict(pattern, '--out', 'some-scans', '--overwrite', '--json');
      expect(JSON.parse(stdout).images.map(({ image }: { image: string }) => image)).toEqual([
        'scans/a/1.png',
      ]);
    }
    const again = await predict('scans/a/*.png', '--out', 'some-scans');
    expect(again).toMatchObject({ status: 1 });
    expect(again.stderr).toMatch(/1-mask\.png exists and would be replaced: add --overwrite/);
    const none = await predict('scans/*.tif', '--out', 'x');
    expect(none).toMatchObject({ status: 1 });
    expect(none.stderr).toMatch(/no file is named as scans\/\*\.tif/);
    await mkdir(join(folder, 'empty'));
    const empty = await predict('empty', '--out', 'x');
    expect(empty.stderr).toMatch(/empty holds no images/);
  });

  it('takes fields of view by a pattern, and refuses an image without one', async () => {
    await draw('views/1.png');
    await draw('views/2.png');
    const half = Buffer.alloc(40 * 36).fill(255, 0, 40 * 18);
    const raw = { width: 40, height: 36, channels: 1 } as const;
    await sharp(half, { raw }).png().toFile(join(folder, 'views/1_fov.png'));
    const named = ['views/1.png', 'views/2.png', '--fov', 'views/{id}_fov.png', '--threshold', '0'];
    const { status, stdout, stderr } = await predict(...named, '--out', 'viewed', '--json');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /views\/2\.png has no field of view views\/2_fov\.png: add it, or give --fov/,
    );
    const [image] = JSON.parse(stdout).images;
    expect(image).toMatchObject({ foreground: 1, fieldOfView: 'given' });
    const mask = sharp(join(folder, image.files.mask));
    expect(await mask.metadata()).toMatchObject({ width: 40, height: 36, channels: 1 });
    expect(new Uint8Array(await mask.toColourspace('b-w').raw().toBuffer())).toEqual(
      new Uint8Array(half),
    );
  });

  it('looks for the field of view of photographs, since the run was trained inside one', async () => {
    const { stdout } = await predict('odd.png', '--out', 'found', '--json');
    expect(JSON.parse(stdout).images[0].fieldOfView).toBe('whole');
    await sharp({ create: { width: 40, height: 40, channels: 3, background: '#777' } })
      .toColourspace('b-w')
      .png()
      .toFile(join(folder, 'grey.png'));
    const grey = await predict('grey.png', '--out', 'grey');
    expect(grey.status).toBe(1);
    expect(grey.stderr).toMatch(/no colour photograph.*--fov masks\/\{id\}\.png, or --fov none/);
  });

  it('finds the same field of view as evaluate does in images that come without one', async () => {
    const made = ['data', 'make', 'retina', '--count', '2', '--size', '96', '--out', 'clinic'];
    expect(await netc(made, folder)).toMatchObject({ status: 0 });
    await rm(join(folder, 'clinic/fov'), { recursive: true });
    const other = ['--set', 'data={kind: folder, root: clinic, split: {kind: external}}'];
    const { stdout, stderr } = await netc(['evaluate', 'run', ...other], folder);
    expect(stderr).toBe('');
    expect(stdout).toContain('inside the field of view found in each, threshold 0.5');
    const scored = /maps and overlays: (\S+)\/report\.html/.exec(stdout)![1]!;
    await predict('clinic/images', '--out', 'clinic-out', '--probabilities', 'npy');
    for (const name of (await readdir(join(folder, 'clinic/images'))).map((one) =>
      one.slice(0, -4),
    )) {
      const map = sharp(join(folder, scored, 'predictions', `${name}.png`)).toColourspace('b-w');
      const bytes = await readFile(join(folder, 'clinic-out', `${name}-probability.npy`));
      const own = new Float32Array(bytes.buffer.slice(bytes.byteOffset + 128));
      expect([...(await map.raw().toBuffer())]).toEqual([...own].map((p) => Math.round(p * 255)));
    }
  });

  it('names masks as a challenge wants them, with the numbers of classes where they are asked for', async () => {
    await draw('named/007_test.png');
    const named = ['named/007_test.png', '--out', 'named-out', '--threshold', '0', '--fov', 'none'];
    await predict(...named, '--mask-name', '{number}.png', '--numbers', '--probabilities', 'npy');
    expect((await readdir(join(folder, 'named-out'))).sort()).toEqual([
      '007_test-overlay.png',
      '007_test-probability.npy',
      '7.png',
    ]);
    const mask = await sharp(join(folder, 'named-out/7.png')).toColourspace('b-w').raw().toBuffer();
    expect(new Set(mask)).toEqual(new Set([1]));
    const bytes = await readFile(join(folder, 'named-out/007_test-probability.npy'));
    expect(bytes.toString('latin1', 0, 128)).toMatch(/<f4.*'shape': \(36, 40\)/);
    expect(bytes.length).toBe(128 + 4 * 36 * 40);
    const wrong = await predict('odd.png', '--out', 'x', '--mask-name', 'mask.png');
    expect(wrong.status).toBe(2);
  });

  it('averages runs of one network, and refuses another network', async () => {
    const train = (...args: string[]) => netc(['train', 'x.yaml', ...args], folder);
    expect(await train('--out', 'fold2', '--seed', '2')).toMatchObject({ status: 0 });
    expect(await train('--out', 'wide', '--set', 'base=6')).toMatchObject({ status: 0 });
    const npy = async (out: string, run: string, ...others: string[]) => {
      const asked = ['odd.png', '--out', out, '--probabilities', 'npy', '--fov', 'none', ...others];
      expect(await netc(['predict', run, ...asked], folder)).toMatchObject({ status: 0 });
      const bytes = await readFile(join(folder, out, 'odd-probability.npy'));
      return new Float32Array(bytes.buffer.slice(bytes.byteOffset + 128));
    };
    const [one, two] = [await npy('one', 'run'), await npy('two', 'fold2')];
    const both = await npy('both', 'run', '--ensemble', 'fold2');
    for (const [i, value] of both.entries()) expect(value).toBeCloseTo((one[i]! + two[i]!) / 2, 6);
    const scored = await netc(['evaluate', 'run', '--ensemble', 'fold2', '--json'], folder);
    expect(JSON.parse(scored.stdout)).toMatchObject({
      folder: 'run/evaluations/ensemble-of-2',
      ensemble: [{ file: 'fold2/checkpoints/last.safetensors' }],
    });
    const other = await predict('odd.png', '--out', 'x', '--ensemble', 'wide');
    expect(other.status).toBe(1);
    expect(other.stderr).toMatch(/wide has another network than run/);
    const prepared = await predict('odd.png', '--out', 'x', '--set', '.preprocess=[]');
    expect(prepared.stderr).toMatch(/run prepares images as it was trained/);
    const twice = await predict('odd.png', '--out', 'x', '--ensemble', './run');
    expect(twice.stderr).toMatch(/run is named twice/);
  });

  it('takes another threshold', async () => {
    const { stdout } = await predict('odd.png', '--out', 'all', '--threshold', '0', '--json');
    expect(JSON.parse(stdout).images[0].foreground).toBe(1);
  });

  it('refuses images that would overwrite each other, and weights that are missing', async () => {
    const twice = await predict('odd.png', 'odd.jpg', '--out', 'out');
    expect(twice.status).toBe(1);
    expect(twice.stderr).toMatch(/odd\.png and odd\.jpg would both be written as odd/);
    const best = await predict('odd.png', '--out', 'of-best', '--weights', 'best');
    expect(best.stderr).toMatch(/best\.safetensors is missing: give --weights last/);
  });
});
