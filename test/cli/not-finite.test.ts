import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npyOf } from '../../src/runtime/data/formats/write-npy.js';
import { readSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import { netc } from './netc.js';

let folder: string;
const size = 32;
const run = (...args: string[]) => netc(args, folder);
const inRun = (...names: string[]): string => join(folder, ...names);

/** Its exponential overflows where an image is very bright. */
const model = `model Sharp {
  input image: [N, H, W, 1]
  let bright = image
    -> Conv(4)
    -> exp
  output mask = bright -> Conv(1, kernel: 1) -> sigmoid
}
`;
const experiment = `model: {path: sharp.net}
data: {kind: folder, root: images, split: {kind: given}}
preprocess: [{standardise: none}]
engine: {kind: portable}
optimiser: {kind: sgd}
learningRate: 0.000001
steps: 12
batch: 1
patch: 16
checkpoint: {every: 2}
seed: 2
output: run
`;

async function writeImage(part: string, id: string, brightness: number): Promise<void> {
  const values = Float32Array.from({ length: size * size }, (_, i) => brightness * (1 + (i % 7)));
  const mask = Buffer.from(Array.from({ length: size * size }, (_, i) => (i % 3 === 0 ? 255 : 0)));
  for (const name of ['images', 'masks'])
    await mkdir(inRun('images', part, name), { recursive: true });
  await writeFile(inRun('images', part, 'images', `${id}.npy`), npyOf([size, size], [values]));
  const png = sharp(mask, { raw: { width: size, height: size, channels: 1 } }).png();
  await png.toFile(inRun('images', part, 'masks', `${id}.png`));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-not-finite-'));
  await writeFile(inRun('sharp.net'), model);
  await writeFile(inRun('x.yaml'), experiment);
  for (let i = 0; i < 5; i++) await writeImage('train', `plain${i}`, 1 + i / 10);
  await writeImage('train', 'bright', 1e7);
  await writeImage('test', 'other', 2);
});
afterAll(() => rm(folder, { recursive: true }));

const logOf = async (name: string): Promise<{ step: number; loss: number | null }[]> =>
  (await readFile(inRun(name, 'log.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a loss that is not finite', () => {
  it('ends training, with the batch and the line of the model where it began', async () => {
    const { status, stderr } = await run('train', 'x.yaml', '--out', 'stopped');
    expect(status).toBe(1);
    const step = Number(/the loss is (?:NaN|-?Infinity) at step (\d+)/.exec(stderr)![1]);
    expect(stderr).toContain(
      `the first value that is not finite is of the operation exp at sharp.net:5, at step ${step}`,
    );
    expect(await logOf('stopped')).toHaveLength(step - 1);
    const { tensors, metadata } = await readSafetensors(inRun('stopped', 'not-finite.safetensors'));
    expect(metadata.step).toBe(String(step));
    expect(tensors.get('image')!.shape).toEqual([1, 16, 16, 1]);
    expect(Math.max(...(tensors.get('image')!.data as Float32Array))).toBeGreaterThan(1000);
    // The steps before it are not lost: it goes on from the last checkpoint, without that step.
    const resumed = await run('train', '--resume', 'stopped', '--on-nan', 'skip');
    expect(resumed).toMatchObject({ status: 0 });
    expect(await run('train', 'x.yaml', '--out', 'all', '--on-nan', 'skip')).toMatchObject({
      status: 0,
    });
    const [one, other] = await Promise.all(
      ['stopped', 'all'].map((name) => readFile(inRun(name, 'checkpoints', 'last.safetensors'))),
    );
    expect(one!.equals(other!)).toBe(true);
  });

  it('is left out where that is asked for: told, logged, and the weights stay finite', async () => {
    const { stderr } = await run('train', 'x.yaml', '--out', 'skipped', '--on-nan', 'skip');
    const log = await logOf('skipped');
    expect(log.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    const skipped = log.filter(({ loss }) => loss === null);
    expect(skipped.length).toBeGreaterThan(0);
    expect(stderr).toContain(`warning: step ${skipped[0]!.step} is skipped`);
    expect(stderr).toContain(`${skipped.length} steps were skipped`);
    // Weights that are not finite would be refused.
    expect(await run('evaluate', 'skipped')).toMatchObject({ status: 0 });
  });
});
