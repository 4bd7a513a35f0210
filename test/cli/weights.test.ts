import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findInstallation } from '../../src/runtime/engines/setup/setup.js';
import { tensorInDouble } from '../../src/runtime/weights/fit.js';
import { readSafetensors, writeSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import { apart, fixturePath, root } from '../peers/fixture.js';
import { netc } from './netc.js';

const name = 'pytorch-r2attunet';
const model = ['models/r2au.net', '--set', 'base=2', '--set', 'depth=3'];
const map = ['--map', `models/maps/${name}.yaml`];
const installed = (await findInstallation('cpu')) !== null;

let folder: string;
const at = (file: string): string => join(folder, `${file}.safetensors`);
const tensorsOf = async (path: string) => (await readSafetensors(path)).tensors;

/** A checkpoint of PyTorch with what it was fed, as anyone would have them: one file each. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-weights-'));
  const peer = await tensorsOf(fixturePath(name));
  const state = [...peer].filter(([key]) => key.startsWith('state/'));
  const checkpoint = new Map(state.map(([key, tensor]) => [key.replace('state/', ''), tensor]));
  const [image, mask] = [peer.get('image')!, peer.get('mask')!];
  await writeSafetensors(at('theirs'), { tensors: checkpoint, metadata: {} });
  await writeSafetensors(at('batch'), {
    tensors: new Map(Object.entries({ image, mask })),
    metadata: {},
  });
  await writeSafetensors(at('image'), { tensors: new Map([['image', image]]), metadata: {} });
  const imported = [
    'weights',
    'import',
    ...model,
    ...map,
    '--from',
    at('theirs'),
    '--out',
    at('ours'),
  ];
  expect(await netc(imported)).toMatchObject({ status: 0, stderr: '' });
});
afterAll(() => rm(folder, { recursive: true }));

const run = (inputs: string, out: string, ...options: string[]) =>
  netc([
    'run',
    ...model,
    '--weights',
    at('ours'),
    '--inputs',
    at(inputs),
    '--out',
    at(out),
    ...options,
  ]);

it('a PyTorch checkpoint comes in and goes out to the bit', async () => {
  const out = ['--out', at('back')];
  expect((await netc(['weights', 'export', at('ours'), ...map, ...out])).status).toBe(0);
  const again = ['weights', 'import', ...model, ...map, '--from', at('back'), '--out', at('again')];
  expect((await netc(again)).status).toBe(0);
  expect(await tensorsOf(at('again'))).toEqual(await tensorsOf(at('ours')));
  const listed = JSON.parse((await netc(['weights', 'inspect', at('ours'), '--json'])).stdout);
  const kernel = { name: 'UShape/Unit/project/kernel', type: 'F32', shape: [1, 1, 3, 2] };
  expect(listed.tensors).toContainEqual(kernel);
});

it('the reference gives the loss, the logits and the gradients in double', async () => {
  const answer = await run(
    'batch',
    'gradients',
    '--signature',
    'train',
    '--engine',
    'reference',
    '--json',
  );
  expect(answer).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(answer.stdout)).toMatchObject({ model: 'R2AUNet', signature: 'train' });
  const [ours, theirs] = [await tensorsOf(at('gradients')), await tensorsOf(fixturePath(name))];
  expect(ours.get('loss')?.data[0]).toBeCloseTo(Number(theirs.get('loss')?.data[0]), 12);
  const [logits, wanted] = [ours, theirs].map((file) => tensorInDouble(file.get('logits')!));
  expect(apart(logits!, wanted!).difference).toBeLessThan(1e-12);
  expect(ours.get('grad/UShape/Unit/project/kernel')?.data).toBeInstanceOf(Float64Array);
});

it.skipIf(!installed)('TensorFlow predicts what PyTorch does', async () => {
  expect(await run('image', 'mask')).toMatchObject({ status: 0, stderr: '' });
  const mask = (await tensorsOf(at('mask'))).get('mask')!;
  const wanted = (await tensorsOf(fixturePath(name))).get('probability')!;
  expect(apart(tensorInDouble(mask), tensorInDouble(wanted)).difference).toBeLessThan(1e-5);
});

describe('an encoder of torchvision', () => {
  const encoder = ['models/encoders/resnet18.net', '--set', 'base=2', '--set', 'counts=[2,1,1,2]'];
  const names = ['--map', 'models/maps/torchvision-resnet.yaml', '--from'];
  beforeAll(async () => {
    const read = await tensorsOf(`${root}test/fixtures/encoders/resnet18.safetensors`);
    const state = [...read].filter(([key]) => key.startsWith('state/'));
    const tensors = new Map(state.map(([key, tensor]) => [key.replace('state/', ''), tensor]));
    await writeSafetensors(at('resnet'), { tensors, metadata: {} });
  });
  const imported = (...more: string[]) =>
    netc(['weights', 'import', ...encoder, ...names, at('resnet'), '--out', at('out'), ...more]);

  it('is taken where the rest is named as left out', async () => {
    const { status, stdout, stderr } = await imported('--only', 'encoder/**');
    expect(status).toBe(0);
    const count = Number(/: (\d+) tensors/.exec(stdout)?.[1]);
    const paths = [...(await tensorsOf(at('out'))).keys()];
    expect(paths).toHaveLength(count);
    expect(paths.every((path) => path.startsWith('encoder/'))).toBe(true);
    expect(stderr).toMatch(/^\d+ tensors of ResNet18UNet are not in it$/m);
  });

  it('is an error where it is not, in a few lines that say what to write', async () => {
    const { status, stderr } = await imported();
    expect(status).toBe(1);
    expect(stderr).toContain('the map names nothing for decoder/');
    expect(stderr).toContain('leave the rest at its initial values, add --only "encoder/**"');
    expect(stderr.trim().split('\n').length).toBeLessThan(8);
  });
});

it('all that does not fit is one error', async () => {
  const wrong = [
    'run',
    'models/r2au.net',
    '--set',
    'base=2',
    '--set',
    'depth=3',
    '--set',
    'inputs=1',
  ];
  const { status, stderr } = await netc([
    ...wrong,
    ...['--weights', at('ours'), '--inputs', at('batch'), '--out', at('none')],
  ]);
  expect(status).toBe(1);
  expect(stderr).toContain('project/kernel as [1, 1, 3, 2], the network wants [1, 1, 1, 2]');
  expect(stderr).toContain('has mask, which predict does not take');
  expect(stderr).toContain('image is [2, 8, 16, 3], which does not fit [N, H, W, 1]');
  expect(stderr.trim().split('\n')).toHaveLength(3);
});
