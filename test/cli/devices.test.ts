import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Tensors } from '../../src/runtime/engines/engine.js';
import { readSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import { withTensorFlow } from '../compiler/emit/tensorflow/engine.js';
import { distance, referenceOf } from '../runtime/engines/tensors.js';
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
steps: 5
batch: 4
patch: 32
optimiser:
  kind: sgd
learningRate: 0.1
output: run
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-devices-'));
  await cp(join(root, 'models'), folder, { recursive: true });
  await writeFile(join(folder, 'x.yaml'), experiment);
});
afterAll(() => rm(folder, { recursive: true }));

const weightsOf = async (run: string) => {
  const { tensors } = await readSafetensors(join(folder, run, 'checkpoints', 'last.safetensors'));
  return Object.fromEntries(tensors) as Tensors;
};

withTensorFlow('netc train over two devices', () => {
  it('leaves the weights of one, and its record says how they came about', async () => {
    const train = (...args: string[]) => netc(['train', 'x.yaml', ...args], folder);
    const two = ['--out', 'two', '--set', 'engine.devices=2'];
    expect(await train('--out', 'one')).toMatchObject({ status: 0 });
    expect(await train(...two)).toMatchObject({ status: 0 });
    const [one, other] = await Promise.all([weightsOf('one'), weightsOf('two')]);
    expect(Object.keys(other).sort()).toEqual(Object.keys(one).sort());
    for (const [path, tensor] of Object.entries(referenceOf(one)))
      expect(distance(other[path]!, tensor), path).toBeLessThan(1e-5);
    const record = await readFile(join(folder, 'two', 'run.json'), 'utf8');
    expect(record).toContain(', 2 devices, CPU, ');
    const scored = await netc(['evaluate', 'two'], folder);
    expect(scored).toMatchObject({ status: 0 });
  });

  it('times no line, and says why', async () => {
    const args = ['--out', 'timed', '--set', 'engine.devices=2', '--profile'];
    const { status, stderr } = await netc(['train', 'x.yaml', ...args], folder);
    expect(status).toBe(0);
    expect(stderr).toContain('over several devices, nodes are not timed one by one');
  });
});
