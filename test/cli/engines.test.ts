import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTensorFlow } from '../compiler/emit/tensorflow/engine.js';
import { type Answer, netc, root } from './netc.js';

let folder: string;
let trained: Answer;
/** An environment in which the engine is not set up. */
const without = { XDG_CACHE_HOME: '/nowhere' };
const experiment = `model:
  path: r2au.net
  name: R2AUNet
parameters:
  base: 4
  depth: 2
data:
  kind: synthetic-retina
  train: 2
  test: 2
  size: 64
steps: 5
batch: 2
patch: 32
moments:
  batches: 4
evaluation:
  window: 64
output: run
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-engines-'));
  await cp(join(root, 'models'), folder, { recursive: true });
  await writeFile(join(folder, 'x.yaml'), experiment);
  trained = await netc(['train', 'x.yaml'], folder, without);
});
afterAll(() => rm(folder, { recursive: true }));

const fallback =
  /^Using the portable engine, which is several times slower\. The TensorFlow engine .*\n/;

describe('without TensorFlow', () => {
  test('the portable engine trains and scores, and one line says why', async () => {
    expect(trained).toMatchObject({ status: 0, stderr: expect.stringMatching(fallback) });
    expect(trained.stderr).toContain('R2AUNet: 5 steps on tfjs 4.22.0, WebAssembly');
    const scored = await netc(['evaluate', 'run', '--json'], folder, without);
    expect(scored).toMatchObject({ status: 0, stderr: expect.stringMatching(fallback) });
  });

  test('TensorFlow that is asked for is an error, and no run is left', async () => {
    const args = ['train', 'x.yaml', '--engine', 'tensorflow', '--out', 'other'];
    const { status, stderr } = await netc(args, folder, without);
    expect(status).toBe(3);
    expect(stderr).toBe('error: The TensorFlow engine is not set up: run `netc setup` first.\n');
    expect((await netc(['evaluate', 'other'], folder, without)).status).toBe(1);
  });

  test('so is a GPU', async () => {
    const args = ['train', 'x.yaml', '--engine', 'portable', '--set', 'engine.gpu=require'];
    const { status, stderr } = await netc([...args, '--out', 'other'], folder, without);
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: 'error: The portable engine uses no GPU, and one is required.\n',
    });
  });
});

test('an engine that there is not is an error of the command line', async () => {
  const { status, stderr } = await netc(['train', 'x.yaml', '--engine', 'cuda'], folder);
  expect(status).toBe(2);
  expect(stderr).toContain('Allowed choices are auto, tensorflow, portable, reference.');
});

withTensorFlow('with TensorFlow', () => {
  test('a checkpoint is scored alike by every engine, to 1e-3', async () => {
    const [expected, ...others] = await Promise.all(
      ['reference', 'tensorflow', 'portable'].map(async (engine) => {
        const { stdout } = await netc(['evaluate', 'run', '--engine', engine, '--json'], folder);
        return JSON.parse(stdout).metrics as Record<string, number>;
      }),
    );
    for (const metrics of others) {
      for (const [name, score] of Object.entries(expected!)) {
        expect(Math.abs(metrics[name]! - score), name).toBeLessThan(1e-3);
      }
    }
  });
});
