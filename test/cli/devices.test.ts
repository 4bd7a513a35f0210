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

const train = (...args: string[]) => netc(['train', 'x.yaml', ...args], folder);

withTensorFlow('netc train over two devices', () => {
  beforeAll(async () => {
    expect(await train('--out', 'one')).toMatchObject({ status: 0 });
  });

  it('leaves the weights of one, records how they came about, and says why it times no line', async () => {
    const { status, stderr } = await train(
      '--out',
      'two',
      '--set',
      'engine.devices=2',
      '--profile',
    );
    expect(status).toBe(0);
    expect(stderr).toContain('over several devices, nodes are not timed one by one');
    const [one, two] = await Promise.all([weightsOf('one'), weightsOf('two')]);
    expect(Object.keys(two).sort()).toEqual(Object.keys(one).sort());
    for (const [path, tensor] of Object.entries(referenceOf(one)))
      expect(distance(two[path]!, tensor), path).toBeLessThan(1e-5);
    const record = await readFile(join(folder, 'two', 'run.json'), 'utf8');
    expect(record).toContain(', 2 devices, CPU, ');
  });

  it('leaves a run that one device scores', async () => {
    expect(await netc(['evaluate', 'two'], folder)).toMatchObject({ status: 0 });
  });
});
