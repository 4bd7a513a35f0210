import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Tensors } from '../../../src/runtime/engines/engine.js';
import { openExperiment, prepare } from '../../../src/runtime/prepare.js';
import { openValidation } from '../../../src/runtime/training/validation/validate.js';
import { root } from '../../cli/netc.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-validation-'));
});
afterAll(() => rm(folder, { recursive: true }));

const count = 2;
const size = 32;

async function prepared(validation: number) {
  const path = join(folder, `${validation}.yaml`);
  const lines = [
    `model: {path: ${join(root, 'models', 'unet.net')}}`,
    'parameters: {base: 2, depth: 1}',
    `data: {kind: synthetic-retina, train: 1, validation: ${validation}, test: 1, size: 64}`,
    'steps: 1',
    `batch: ${count}`,
    `patch: ${size}`,
    'validation: {every: 1, patches: 5}',
    'output: run',
  ];
  await writeFile(path, `${lines.join('\n')}\n`);
  return prepare(openExperiment(path, { set: [], flags: [] }));
}

/** Finds vessels everywhere in whole images and nowhere in patches; it keeps what it was fed. */
function engine() {
  const fed: { name: string; inputs: Tensors }[] = [];
  const call = async (name: string, inputs: Tensors): Promise<Tensors> => {
    fed.push({ name, inputs });
    const [n, height, width] = inputs.image.shape;
    const data = new Float32Array(n * height * width).fill(name === 'predict' ? 1 : 0);
    const loss = { shape: [], data: Float32Array.of(fed.length) };
    return { mask: { shape: [n, height, width, 1], data }, loss };
  };
  return { fed, engine: { call } as unknown as Engine };
}

/** Finds the first of two foreground classes everywhere. */
const firstClass = async (_: string, { image }: Tensors): Promise<Tensors> => {
  const [n, height, width] = image.shape;
  const data = new Float32Array(n * height * width * 3).map((_, i) => (i % 3 === 1 ? 1 : 0));
  const loss = { shape: [], data: Float32Array.of(0) };
  return { mask: { shape: [n, height, width, 3], data }, loss };
};

async function twoLungs(validation: number) {
  const model = join(folder, 'lungs.net');
  await writeFile(
    model,
    'model Lungs {\n  input  image: [N, H, W, 1]\n  output mask = image -> Conv(3) -> softmax\n}\n',
  );
  const path = join(folder, `lungs-${validation}.yaml`);
  const lines = [
    `model: {path: ${model}}`,
    `data: {kind: synthetic-lung, classes: 2, train: 1, validation: ${validation}, test: 1, size: 64}`,
    'loss: cross-entropy',
    'steps: 1',
    'patch: 64',
    'validation: {every: 1, patches: 5}',
    'output: run',
  ];
  await writeFile(path, `${lines.join('\n')}\n`);
  return prepare(openExperiment(path, { set: [], flags: [] }));
}

describe('validation', () => {
  it.each([0, 1])('of several classes is the mean over them, %d images kept', async (kept) => {
    const validate = await openValidation(await twoLungs(kept));
    expect(await validate({ call: firstClass } as unknown as Engine)).toMatchObject({ se: 0.5 });
  });

  it('is of the whole images that are kept for it, its loss the mean over patches', async () => {
    const { fed, engine: all } = engine();
    const scores = await (await openValidation(await prepared(1)))(all);
    expect(scores).toMatchObject({ se: 1, sp: 0, loss: 2 });
    const whole = fed.filter(({ name }) => name === 'predict');
    expect(whole.length).toBeGreaterThan(0);
  });

  it('is of patches of the training images where none are kept', async () => {
    const { fed, engine: none } = engine();
    const scores = await (await openValidation(await prepared(0)))(none);
    expect(scores).toMatchObject({ se: 0, sp: 1, loss: 2 });
    // Five patches are three batches of two.
    expect(fed.map(({ name }) => name)).toEqual(['validate', 'validate', 'validate']);
  });

  it('sees the same patches in every validation and every run', async () => {
    const { fed, engine: any } = engine();
    const validate = await openValidation(await prepared(0));
    await validate(any);
    await validate(any);
    expect(fed.slice(3)).toEqual(fed.slice(0, 3));
    const again = engine();
    await (await openValidation(await prepared(0)))(again.engine);
    expect(again.fed).toEqual(fed.slice(0, 3));
  });
});
