import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import type { StoredTensor } from '../../src/runtime/weights/safetensors/format.js';
import { wordsOf } from '../docs/commands.js';
import { fencesOf } from '../docs/fences.js';
import { main, netc, root } from './netc.js';

/** A small R2AttU_Net in DataParallel, as bench/peers/pytorch/checkpoints.py saved it. */
const checkpoint = join(root, 'test/fixtures/checkpoints/r2attunet.pth');
const small = ['--set', 'base=2', '--set', 'depth=3'];
const drawn = '.data={kind: synthetic-retina, train: 2, test: 1, size: 64}';
const quick = ['--set', drawn, '--set', '.batch=2', '--set', '.patch=32', '--steps', '4'];
const map = 'models/maps/pytorch-r2attunet.yaml';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-finetune-'));
  for (const shipped of ['models', 'experiments']) {
    await cp(join(root, shipped), join(folder, shipped), { recursive: true });
  }
  await cp(checkpoint, join(folder, 'R2AttU_Net.pth'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => netc(args, folder);
const tensorsOf = async (name: string): Promise<ReadonlyMap<string, StoredTensor>> =>
  (await readSafetensors(join(folder, name, 'checkpoints', 'last.safetensors'))).tensors;
const train = (out: string, ...args: string[]) =>
  run('train', 'experiments/drive-finetune.yaml', '--out', out, ...small, ...quick, ...args);

describe('from a checkpoint of PyTorch to a scored run', () => {
  it('are the three commands of docs/weights.md', async () => {
    const fence = fencesOf('docs/weights.md').find(({ text }) => text.includes('drive-finetune'));
    const commands = fence!.text.trim().split('\n').map(wordsOf);
    expect(commands.map(([, command]) => command)).toEqual(['weights', 'train', 'evaluate']);
    const [imported, trained, scored] = commands.map(([, ...words]) => words);
    const first = await run(...imported!, ...small);
    expect(first).toMatchObject({ status: 0, stdout: 'r2au.safetensors: 172 tensors\n' });
    expect(first.stderr).toBe('module. before the names of its tensors is left out\n');
    const second = await run(...trained!, ...small, ...quick);
    expect(second.status).toBe(0);
    expect(second.stderr).toMatch(/^172 weights and running statistics from .*r2au\.safetensors$/m);
    expect(second.stderr).toMatch(/^\d+ of 172 weights and running statistics are frozen$/m);
    const third = await run(...scored!, '--json');
    expect(third.status).toBe(0);
    expect(JSON.parse(third.stdout)).toMatchObject({ model: 'R2AUNet', images: 1 });
  });

  it('leave what is frozen to the bit, and move the rest', async () => {
    const from = (await readSafetensors(join(folder, 'r2au.safetensors'))).tensors;
    const to = await tensorsOf('runs/drive-finetune');
    for (const [path, tensor] of from) {
      const isFrozen = path.startsWith('UShape/below/below/');
      if (isFrozen) expect(to.get(path)).toEqual(tensor);
      else if (path.endsWith('kernel')) expect(to.get(path)).not.toEqual(tensor);
    }
    const slots = [...to.keys()].filter((path) => path.startsWith('optimizer/UShape/below/below/'));
    expect(slots).toEqual([]);
  });

  it('are recorded in the run: the file, its hash and how much of it was taken', async () => {
    const record = JSON.parse(
      await readFile(join(folder, 'runs/drive-finetune/run.json'), 'utf8'),
    ) as { weights: unknown };
    expect(record.weights).toEqual({
      file: join(folder, 'r2au.safetensors'),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      loaded: 172,
      initial: [],
    });
  });
});

describe('weights that are given to an experiment', () => {
  it('are scored and used to predict as they are by steps: 0', async () => {
    const given = ['--weights', 'R2AttU_Net.pth', '--map', map, '--steps', '0'];
    expect(await train('as-it-is', ...given)).toMatchObject({ status: 0 });
    const { tensors } = await readSafetensors(join(folder, 'r2au.safetensors'));
    const kept = await tensorsOf('as-it-is');
    for (const [path, tensor] of tensors) expect(kept.get(path)).toEqual(tensor);
    expect((await run('evaluate', 'as-it-is')).status).toBe(0);
    const image = { create: { width: 64, height: 48, channels: 3 as const, background: 'teal' } };
    await sharp(image).png().toFile(join(folder, 'photo.png'));
    const predicted = await run('predict', 'as-it-is', 'photo.png', '--out', 'predicted', '--json');
    expect(JSON.parse(predicted.stdout).images).toMatchObject([{ width: 64, height: 48 }]);
  });

  it('may be a run, to train it for longer', async () => {
    const longer = await train('longer', '--weights', 'as-it-is', '--set', 'weights.map=null');
    expect(longer.status).toBe(0);
    expect(longer.stderr).toMatch(/from .*as-it-is\/checkpoints\/last\.safetensors/);
  });

  it('never leave a part at its initial values that is not named', async () => {
    const other = ['--set', 'classes=2', '--weights', 'R2AttU_Net.pth', '--map', map];
    const data = ['--set', '.data={kind: synthetic-lesion, size: 64, train: 2, test: 1}'];
    const { status, stderr } = await train('head', ...other, ...data, '--set', '.loss=dice');
    expect(status).toBe(1);
    expect(stderr).toContain('weights.except: ["Conv/**"]');
    expect((await readdir(folder)).includes('head')).toBe(false);
    const named = ['--set', 'weights.except=["Conv/**"]', '--set', '.loss=dice'];
    const said = await train('head', ...other, ...data, ...named);
    expect(said.status).toBe(0);
    expect(said.stderr).toMatch(
      /170 weights and running statistics from .*; 2 at their initial values: Conv/,
    );
  });

  it('are refused where their training had diverged', async () => {
    const { tensors } = await readSafetensors(join(folder, 'r2au.safetensors'));
    const [first, ...rest] = [...tensors];
    const [path, { shape, data }] = first!;
    const broken = new Map([[path, { shape, data: data.map(() => Number.NaN as never) }], ...rest]);
    await writeSafetensors(join(folder, 'nan.safetensors'), { tensors: broken, metadata: {} });
    const { status, stderr } = await train('nan', '--weights', 'nan.safetensors');
    expect(status).toBe(1);
    expect(stderr).toContain(`nan.safetensors has NaN or infinite numbers in ${path}: `);
  });

  it('of another width are one error, which says what would fit', async () => {
    const { status, stderr } = await train('wide', '--set', 'base=4');
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^error: \d+ tensors do not fit R2AUNet, such as: .* \[1, 1, 3, 2\], /),
      expect.stringMatching(/all its tensors fit base=2, .*: add --set base=2$/),
    ]);
  });

  it('are not needed any more when the run is resumed, to the bit', async () => {
    await cp(join(folder, 'r2au.safetensors'), join(folder, 'lost.safetensors'));
    const long = ['--steps', '60', '--set', 'checkpoint.every=10', '--engine', 'portable'];
    const given = ['--weights', 'r2au.safetensors', ...long];
    expect((await train('whole', ...given)).status).toBe(0);
    const lost = ['--weights', 'lost.safetensors', ...long];
    const args = ['train', 'experiments/drive-finetune.yaml', '--out', 'parts', ...small];
    const child = spawn(process.execPath, [main, ...args, ...quick, ...lost], { cwd: folder });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const path = join(folder, 'parts', 'checkpoints', 'last.safetensors');
    const step = () => readSafetensors(path).then(({ metadata }) => Number(metadata.step));
    while ((await step().catch(() => 0)) < 10 && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill('SIGKILL');
    await ended;
    await rm(join(folder, 'lost.safetensors'));
    const { status, stderr } = await run('train', '--resume', 'parts');
    expect(stderr).toMatch(/60 steps from step [1-5]0 on/);
    expect(status).toBe(0);
    expect(await tensorsOf('parts')).toEqual(await tensorsOf('whole'));
  });

  it('that are missing, or under other names, say so before anything is made', async () => {
    const missing = await train('none', '--weights', 'R2AttU_Nt.pth');
    expect(missing.stderr).toContain('did you mean');
    const unmapped = await train('none', '--weights', 'R2AttU_Net.pth');
    expect(unmapped.stderr).toMatch(
      /has no name of R2AUNet's; it has module\.RRCNN1.*: name a map/,
    );
    await writeFile(join(folder, 'text.pth'), 'no weights');
    const text = await train('none', '--weights', 'text.pth');
    expect([missing.status, unmapped.status, text.status]).toEqual([1, 1, 1]);
    expect((await readdir(folder)).includes('none')).toBe(false);
  });
});
