import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import { netc } from './netc.js';

let folder: string;
const size = 32;

/** Images 0 to 3 to train on, with a disc each; 4 to 7 to test on, of which 4 alone has one. */
const hasDisc = (n: number): boolean => n <= 4;

const model =
  'model Tiny {\n  input  image: [N, H, W, 1]\n  output mask = image -> Conv(1) -> sigmoid\n}\n';

const experiment = `model: {path: tiny.net}
data: {kind: folder, root: data, split: {kind: list, test: test.txt}}
engine: {kind: portable}
batch: 2
patch: 32
steps: 4
output: run
`;

async function writeImages(folder: string, shade: number): Promise<void> {
  for (let n = 0; n < 8; n++) {
    const inDisc = (i: number): boolean =>
      hasDisc(n) && (Math.floor(i / size) - 16) ** 2 + ((i % size) - 10 - n) ** 2 < 30;
    const pixels = (of: (i: number) => number) =>
      Uint8Array.from({ length: size * size }, (_, i) => of(i));
    const write = (part: string, data: Uint8Array) =>
      sharp(data, { raw: { width: size, height: size, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toFile(join(folder, part, `${n}.png`));
    for (const part of ['images', 'masks']) await mkdir(join(folder, part), { recursive: true });
    await write(
      'images',
      pixels((i) => (inDisc(i) ? 200 : shade + (i % 7))),
    );
    await write(
      'masks',
      pixels((i) => (inDisc(i) ? 255 : 0)),
    );
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-evaluate-'));
  await writeFile(join(folder, 'tiny.net'), model);
  await writeImages(join(folder, 'data'), 40);
  await writeFile(join(folder, 'test.txt'), '4\n5\n6\n7\n');
  await writeFile(join(folder, 'x.yaml'), experiment);
  expect(await netc(['train', 'x.yaml'], folder)).toMatchObject({
    status: 0,
  });
  expect(await netc(['evaluate', 'run'], folder)).toMatchObject({ status: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (...args: string[]) => netc(['evaluate', 'run', ...args], folder);
const read = (...path: string[]) => readFile(join(folder, ...path), 'utf8');
const metrics = async (...path: string[]) => JSON.parse(await read(...path, 'metrics.json'));

describe('images without foreground, rightly left empty', () => {
  // No probability reaches 1, so nothing is found in any image.
  const found = ['--set', 'evaluation.threshold=1'];

  it('enter no mean, and the table says how many images do', async () => {
    const { stdout } = await evaluate(...found, '--out', 'none', '--per-image');
    const lines = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(lines.find(([name]) => name === '5')).toEqual(
      expect.arrayContaining(['1.0000', '-', '1.0000']),
    );
    expect(stdout).toMatch(/images that count, of 4 +1 +0 +1 +1 +1 +1 +0\n/);
    expect(stdout).toContain('-: nothing to divide by');
    const { mean, perImage, imagesInMean } = await metrics('none');
    expect(mean).toMatchObject({
      f1: 0,
      jaccard: 0,
      se: 0,
      precision: null,
      sp: 1,
      ac: expect.any(Number),
    });
    expect(perImage[1]).toMatchObject({ id: '5', ac: 1, sp: 1, f1: null, se: null, hd95: null });
    expect(imagesInMean).toMatchObject({ ac: 4, f1: 1, se: 1, precision: 0, rocAuc: 1, hd95: 0 });
  });

  it('have empty fields in images.csv, each line with what it is of', async () => {
    const [head, , second] = (await read('none', 'scores', 'images.csv'))
      .split('\n')
      .map((line) => line.split(','));
    const at = (name: string) => second![head!.indexOf(name)];
    expect([at('image'), at('ac'), at('f1'), at('se'), at('hd95')]).toEqual(['5', '1', '', '', '']);
    expect([at('split'), at('source')]).toEqual(['test', 'folder']);
    expect([at('root'), at('threshold')]).toEqual([join(folder, 'data'), '1']);
    expect([at('weights'), at('step'), at('empty')]).toEqual(['last', '4', 'skip']);
  });

  it('count as 1 by the convention of challenges, which the table then names', async () => {
    const { stdout } = await evaluate(...found, '--empty', 'one', '--out', 'ones');
    expect(stdout).toContain('empty: one: SE, SP, precision, F1 and Jaccard count as 1');
    const { mean, perImage, empty } = await metrics('ones');
    expect(empty).toBe('one');
    expect(perImage.map(({ f1 }: { f1: number }) => f1)).toEqual([0, 1, 1, 1]);
    expect(mean).toMatchObject({ f1: 0.75, jaccard: 0.75, se: 0.75, precision: 1 });
  });

  it('leave no pooled figure where no image has foreground', async () => {
    await writeFile(join(folder, 'empty.txt'), '5\n6\n7\n');
    const data = ['--set', 'data.split.test=empty.txt'];
    const { status, stdout } = await evaluate(...found, ...data, '--out', 'empty');
    expect(status).toBe(0);
    expect(stdout).toMatch(/pooled over pixels +1\.0000 +- +1\.0000 +- +- +- +- +- +0\.\d{4} +-\n/);
    expect((await metrics('empty')).metrics).toMatchObject({ ac: 1, f1: null, rocAuc: null });
    expect(await read('empty', 'report.html')).toContain('images that count, of 3');
  });
});

describe('a network whose training diverged', () => {
  it.each([
    [
      'whose weights are no numbers',
      () => Number.NaN,
      'last.safetensors has NaN or infinite numbers in',
    ],
    [
      'whose weights are so large that its answers are none',
      (i: number) => (i % 2 === 0 ? 3e38 : -3e38),
      'the network answers 4 with values that are no numbers',
    ],
  ])('%s is not scored as one that finds nothing', async (_, value, message) => {
    await cp(join(folder, 'run'), join(folder, 'diverged'), { recursive: true });
    const path = join(folder, 'diverged', 'checkpoints', 'last.safetensors');
    const { tensors, metadata } = await readSafetensors(path);
    for (const { data } of tensors.values())
      if (data instanceof Float32Array) data.set(data.map((_, i) => value(i)));
    await writeSafetensors(path, { tensors, metadata });
    // As of a run of netc 0.2, which kept no digests.
    const record = join(folder, 'diverged', 'run.json');
    const { checkpoints: __, ...older } = JSON.parse(await readFile(record, 'utf8'));
    await writeFile(record, JSON.stringify(older));
    const before = await readFile(join(folder, 'diverged', 'metrics.json'), 'utf8');
    const { status, stderr } = await netc(['evaluate', 'diverged'], folder);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(await readFile(join(folder, 'diverged', 'metrics.json'), 'utf8')).toBe(before);
  });
});

describe('other images', () => {
  it('are all scored, one alone too, and those that the run was trained on are told', async () => {
    await writeImages(join(folder, 'clinic'), 70);
    const { stdout, status } = await evaluate('--data', 'clinic');
    expect(status).toBe(0);
    expect(stdout).toMatch(/8 test images of folder at .*clinic, threshold 0\.5\n/);
    expect(stdout).not.toContain('trained on');
    for (const part of ['images', 'masks']) {
      await mkdir(join(folder, 'grown', part), { recursive: true });
      for (const n of [0, 4]) {
        await cp(join(folder, 'data', part, `${n}.png`), join(folder, 'grown', part, `${n}.png`));
      }
    }
    const grown = await evaluate('--data', 'grown');
    expect(grown.stdout).toContain('2 test images');
    expect(grown.stdout).toContain('warning: the run was trained on 1 of these 2 images');
    expect((await metrics('run', 'evaluations', 'grown')).trainedOn).toBe(1);
    // As if another fold, whose weights a third run began with.
    for (const name of ['fold', 'later']) {
      await cp(join(folder, 'run'), join(folder, name), { recursive: true });
    }
    const change = async (path: string, to: (text: string) => string) =>
      writeFile(join(folder, path), to(await readFile(join(folder, path), 'utf8')));
    await change('fold/data.json', (text) => text.replaceAll('"test"', '"train"'));
    const together = await evaluate('--ensemble', 'fold');
    expect(together.stdout).toContain(
      'warning: a run of the ensemble was trained on 4 of these 4 images',
    );
    await change('later/run.json', (text) => {
      const file = join(folder, 'fold/checkpoints/last.safetensors');
      return JSON.stringify({ ...JSON.parse(text), weights: { file } });
    });
    const after = await netc(['evaluate', 'later'], folder);
    expect(after.stdout).toContain('warning: the run was trained on 4 of these 4 images');
    await writeFile(join(folder, 'some.txt'), '2\n3\n');
    const chosen = ['data.split.validation=some.txt', 'evaluation.threshold=validation'];
    const sets = chosen.flatMap((one) => ['--set', one]);
    expect(await netc(['train', 'x.yaml', '--out', 'chosen', ...sets], folder)).toMatchObject({
      status: 0,
    });
    await cp(join(folder, 'chosen'), join(folder, 'unchosen'), { recursive: true });
    await change('unchosen/data.json', (text) => text.replaceAll('"validation"', '"train"'));
    const both = ['evaluate', 'chosen', '--ensemble', 'unchosen'];
    expect(await netc(both, folder)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('was trained on 2 of the validation images'),
    });
    expect(await netc([...both, '--set', 'evaluation.threshold=0.5'], folder)).toMatchObject({
      status: 0,
    });
    const labels = ['--set', 'data.labels={disc: 255}'];
    expect((await evaluate('--data', 'clinic', ...labels)).stdout).toContain('8 test images');
    const named = await evaluate('--data', 'clinic', '--set', 'data.split.test=test.txt');
    expect(named.stdout).toContain('4 test images');
  });
});

describe('what the table says scores are of', () => {
  it('is the images, the threshold, the weights; no field of view where there is none', async () => {
    const { stdout } = await evaluate('--out', 'told');
    const { checkpoint } = await metrics('told');
    const weights = await readFile(join(folder, 'run', 'checkpoints', 'last.safetensors'));
    expect(checkpoint).toEqual({
      file: 'run/checkpoints/last.safetensors',
      step: 4,
      sha256: createHash('sha256').update(weights).digest('hex'),
    });
    const lines = [
      `4 test images of folder at ${join(folder, 'data')}, threshold 0.5`,
      `last weights, step 4, run/checkpoints/last.safetensors, SHA-256 ${checkpoint.sha256.slice(0, 12)}`,
    ];
    const page = await read('told', 'report.html');
    for (const line of lines) {
      expect(stdout).toContain(`${line}\n`);
      expect(page).toContain(line);
    }
    expect(stdout).not.toContain('field of view');
  });
});

describe('scores that are not of the run by itself', () => {
  let before: string;
  beforeAll(async () => {
    await writeImages(join(folder, 'site-b'), 60);
    before = await read('run', 'metrics.json');
  });

  const goesTo = async (args: string[], expected: string): Promise<void> => {
    const { status, stdout } = await evaluate(...args, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).folder).toBe(expected);
    expect(existsSync(join(folder, expected, 'report.html'))).toBe(true);
    if (expected !== 'run') expect(await read('run', 'metrics.json')).toBe(before);
  };

  it('of other images stand beside it', async () => {
    await goesTo(['--data', 'site-b'], 'run/evaluations/site-b');
    expect(await metrics('run', 'evaluations', 'site-b')).toMatchObject({
      data: { source: 'folder', root: join(folder, 'site-b') },
      images: 8,
    });
    const links = await read('run', 'evaluations', 'site-b', 'report.html');
    expect(links).toContain('href="../../experiment.yaml"');
  });

  it('of other images in a folder of the same name get a number', async () => {
    await writeImages(join(folder, 'elsewhere', 'site-b'), 80);
    await goesTo(['--data', 'elsewhere/site-b'], 'run/evaluations/site-b-2');
    await goesTo(['--data', 'elsewhere/site-b'], 'run/evaluations/site-b-2');
    await goesTo(['--data', 'site-b'], 'run/evaluations/site-b');
  });

  it('by other settings are named by them', async () => {
    const args = ['--set', 'evaluation.flips=true', '--set', 'evaluation.threshold=0.3'];
    await goesTo(args, 'run/evaluations/flips-true-threshold-0.3');
    await goesTo(['--empty', 'one'], 'run/evaluations/empty-one');
  });

  it('of images that were changed since training are other images', async () => {
    await cp(join(folder, 'data'), join(folder, 'changed'), { recursive: true });
    await cp(join(folder, 'data', 'masks', '0.png'), join(folder, 'changed', 'masks', '5.png'));
    await goesTo(['--data', 'changed'], 'run/evaluations/changed');
  });

  it('of the same images in another place, or by another engine, are its own', async () => {
    await cp(join(folder, 'data'), join(folder, 'moved'), { recursive: true });
    await goesTo(['--data', 'moved'], 'run');
    await goesTo(['--engine', 'reference', '--set', 'evaluation.batch=3'], 'run');
  });

  it('are not written into a folder with something else', async () => {
    await evaluate('--out', 'kept');
    const kept = await read('kept', 'metrics.json');
    const refused = async (args: string[], message: string): Promise<void> => {
      const { status, stderr } = await evaluate(...args);
      expect(status).toBe(1);
      expect(stderr).toContain(message);
    };
    await refused(['--out', 'kept', '--data', 'site-b'], 'kept holds scores of something else');
    await refused(['--out', 'data'], 'data holds other files');
    await refused(['--out', 'run', '--empty', 'one'], 'run holds a run');
    expect(await read('kept', 'metrics.json')).toBe(kept);
    expect((await evaluate('--out', 'kept')).status).toBe(0);
    expect(await readdir(join(folder, 'data'))).toEqual(['images', 'masks']);
  });
});
