import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Tensors } from '../../../src/runtime/engines/engine.js';
import { openExperiment } from '../../../src/runtime/experiments/open-experiment.js';
import { prepare } from '../../../src/runtime/preparation/prepare.js';
import { validationMapFile } from '../../../src/runtime/runs/layout.js';
import { mapKeeper } from '../../../src/runtime/training/validation/keep-maps.js';
import { requireScorable } from '../../../src/runtime/training/validation/scorable.js';
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
    const [n, height, width] = inputs.image!.shape;
    const data = new Float32Array(n! * height! * width!).fill(name === 'predict' ? 1 : 0);
    const loss = { shape: [], data: Float32Array.of(fed.length) };
    return { mask: { shape: [n!, height!, width!, 1], data }, loss };
  };
  return { fed, engine: { call } as unknown as Engine };
}

/** Finds the first of two foreground classes everywhere. */
const firstClass = async (_: string, { image }: Tensors): Promise<Tensors> => {
  const [n, height, width] = image!.shape;
  const data = new Float32Array(n! * height! * width! * 3).map((_, i) => (i % 3 === 1 ? 1 : 0));
  const loss = { shape: [], data: Float32Array.of(0) };
  return { mask: { shape: [n!, height!, width!, 3], data }, loss };
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

it('keeps no map of several classes, which would not say which is meant', async () => {
  const lungs = await twoLungs(1);
  const sample = await lungs.dataset.validation[0]!.read();
  const keep = (own: typeof lungs) =>
    mapKeeper(folder, own)(7, sample, new Float32Array(sample.mask.data.length));
  await keep(lungs);
  expect(existsSync(join(folder, 'validation'))).toBe(false);
  const ofOne = { ...lungs, dataset: { ...lungs.dataset, classes: ['lung'] } };
  await keep(ofOne);
  expect(existsSync(join(folder, validationMapFile(7, sample.id)))).toBe(true);
});

describe('what validation goes by', () => {
  const width = 32;

  /** Five images, 2 and 3 to validate on: their masks have foreground, or a grey value, where `drawn` says. */
  async function keeping(
    name: string,
    drawn: (i: number) => boolean | number,
    more: string,
    ofData = '',
  ) {
    const data = join(folder, name);
    for (const n of [0, 1, 2, 3, 4]) {
      const valueAt = n === 2 || n === 3 ? drawn : (i: number) => i % width < 8;
      const greyAt = (i: number) =>
        typeof valueAt(i) === 'number' ? +valueAt(i) : 255 * +valueAt(i);
      for (const part of ['images', 'masks']) {
        await mkdir(join(data, part), { recursive: true });
        const pixels = Uint8Array.from({ length: width * width }, (_, i) => greyAt(i));
        await sharp(pixels, { raw: { width, height: width, channels: 1 } })
          .toColourspace('b-w')
          .png()
          .toFile(join(data, part, `${n}.png`));
      }
    }
    const listed = join(data, 'validation.txt');
    await writeFile(listed, '2\n3\n');
    await writeFile(join(data, 'test.txt'), '4\n');
    const model = join(folder, 'grey.net');
    const text = 'input  image: [N, H, W, 1]\n  output mask = image -> Conv(1) -> sigmoid';
    await writeFile(model, `model Grey {\n  ${text}\n}\n`);
    const path = join(folder, `${name}.yaml`);
    const list = `{kind: list, validation: ${listed}, test: ${join(data, 'test.txt')}}`;
    const lines = [
      `model: {path: ${model}}`,
      `data: {kind: folder, root: ${data}, split: ${list}${ofData}}`,
      'steps: 1',
      `patch: ${width}`,
      `validation: {every: 1${more}}`,
      'output: run',
    ];
    await writeFile(path, `${lines.join('\n')}\n`);
    return prepare(openExperiment(path, { set: [], flags: [] }));
  }

  it('is refused where the images kept for it have no foreground', async () => {
    const empty = await keeping('empty', () => false, '');
    await expect(requireScorable(empty)).rejects.toThrow(
      'the ground truth of the validation images has no foreground, so their f1 says nothing: set validation.metric to loss',
    );
    await requireScorable(await keeping('empty', () => false, ', metric: loss'));
    await requireScorable(await keeping('empty', () => false, ', metric: ac'));
  });

  it('is refused where an area needs a background and there is none', async () => {
    await requireScorable(await keeping('full', () => true, ''));
    const areas = await keeping('full', () => true, ', metric: rocAuc');
    await expect(requireScorable(areas)).rejects.toThrow('has no background');
  });

  it('is refused where beside background there are only pixels that nobody judged', async () => {
    const data = ', ignore: 128, labels: {foreground: 255}';
    const grey = (i: number) => (i < 9 ? 128 : 0);
    const unjudged = await keeping('unjudged', grey, '', data);
    await expect(requireScorable(unjudged)).rejects.toThrow('has no foreground');
  });

  it('is fine where one image has both', async () => {
    await requireScorable(await keeping('some', (i) => i < 9, ', metric: rocAuc'));
    await requireScorable(await prepared(0));
  });
});
