import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findInstallation } from '../../src/runtime/engines/setup/setup.js';
import { readSafetensors } from '../../src/runtime/weights/safetensors/file.js';
import { main, netc, root } from './netc.js';

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
batch: 2
patch: 32
moments:
  batches: 2
evaluation:
  baselines: true
output: run
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-train-'));
  await cp(join(root, 'models'), folder, { recursive: true });
  await writeFile(join(folder, 'x.yaml'), experiment);
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => netc(args, folder);

describe('netc train and evaluate', () => {
  beforeAll(async () => {
    expect(await run('train', 'x.yaml')).toMatchObject({ status: 0 });
  });

  it('leave a run that tells what it was made from', async () => {
    const files = await readdir(join(folder, 'run'), { recursive: true });
    for (const name of ['experiment.yaml', 'graph.txt', 'data.json', 'run.json', 'log.jsonl']) {
      expect(files).toContain(name);
    }
    expect(files).toContain(join('checkpoints', 'last.safetensors'));
    expect(files).toContain(join('model', 'unet.net'));
    expect(files).toContain(join('model', 'lib', 'units.net'));
    const { images } = JSON.parse(await readFile(join(folder, 'run', 'run.json'), 'utf8'));
    expect(images).toEqual({ classes: ['vessel'], channels: 3, fov: true });
    const log = await readFile(join(folder, 'run', 'log.jsonl'), 'utf8');
    const steps = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(steps.every(({ loss }) => loss > 0)).toBe(true);
  });

  it('score the run from its folder alone', async () => {
    await cp(join(folder, 'run'), join(folder, 'moved', 'run'), { recursive: true });
    const { status, stdout } = await netc(['evaluate', 'run', '--json'], join(folder, 'moved'));
    expect(status).toBe(0);
    const report = JSON.parse(stdout);
    expect(Object.keys(report.metrics).sort()).toEqual(
      ['ac', 'ece', 'f1', 'hd95', 'jaccard', 'prAuc', 'precision', 'rocAuc', 'se', 'sp'].sort(),
    );
    expect(report).toMatchObject({ split: 'test', weights: 'last', thresholdFrom: 'fixed' });
    expect(report.perImage).toHaveLength(1);
    expect(report.perImage[0]).toMatchObject(report.metrics);
    expect(report.baselines.map(({ name }: { name: string }) => name)).toEqual([
      'untrained network',
      'green channel, best threshold',
    ]);
    const predictions = join(folder, 'moved', 'run', 'predictions');
    const overlay = await sharp(join(predictions, '03-overlay.png')).metadata();
    expect(overlay).toMatchObject({ width: 64, height: 64, channels: 3 });
    expect((await sharp(join(predictions, '03.png')).metadata()).width).toBe(64);
    const kept = JSON.parse(await readFile(join(folder, 'moved', 'run', 'metrics.json'), 'utf8'));
    expect({ ...kept, folder: 'run' }).toEqual(report);
  });

  it('give the same weights for the same seed, and others for another', async () => {
    await run('train', 'x.yaml', '--out', 'again');
    await run('train', 'x.yaml', '--out', 'other', '--seed', '2');
    const weights = (name: string) =>
      readFile(join(folder, name, 'checkpoints', 'last.safetensors'));
    expect((await weights('again')).equals(await weights('run'))).toBe(true);
    expect((await weights('other')).equals(await weights('run'))).toBe(false);
  });

  it('profile the lines of the network in the end, and leave the weights as they would be', async () => {
    const { status, stdout, stderr } = await run(
      'train',
      'x.yaml',
      '--out',
      'timed',
      '--profile',
      '--json',
    );
    expect(status).toBe(0);
    expect(stderr).toContain('training step, 2 images of 32x32');
    const { profiled } = JSON.parse(stdout);
    const kept = JSON.parse(await readFile(join(folder, 'timed', 'profile.json'), 'utf8'));
    expect(kept).toEqual(profiled);
    expect(kept.lines[0].own.backward).toBeGreaterThan(0);
    const weights = (name: string) =>
      readFile(join(folder, name, 'checkpoints', 'last.safetensors'));
    expect((await weights('timed')).equals(await weights('run'))).toBe(true);
  });

  it('do not overwrite a run unasked', async () => {
    const before = await readFile(join(folder, 'run', 'run.json'), 'utf8');
    const { status, stderr } = await run('train', 'x.yaml');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: run holds a run: choose another folder by --out, or add --overwrite\n',
    );
    expect(await readFile(join(folder, 'run', 'run.json'), 'utf8')).toBe(before);
    expect((await run('train', 'x.yaml', '--overwrite', '--steps', '1')).status).toBe(0);
  });

  it('stop at a loss that is no number', async () => {
    const args = ['--out', 'nan', '--set', '.learningRate=1e38', '--set', 'optimiser.kind=sgd'];
    const { status, stderr } = await run('train', 'x.yaml', ...args, '--steps', '50');
    expect(status).toBe(1);
    expect(stderr).toMatch(/the loss is .* at step \d+: lower learningRate/);
  });

  it('keep what was learned when interrupted', async () => {
    const args = [main, 'train', 'x.yaml', '--out', 'interrupted', '--steps', '100000', '--json'];
    const child = spawn(process.execPath, args, { cwd: folder });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    const log = join(folder, 'interrupted', 'log.jsonl');
    const ended = new Promise((resolve) => child.on('close', resolve));
    while (((await readFile(log, 'utf8').catch(() => '')).match(/\n/g)?.length ?? 0) < 2) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ completed: false, run: 'interrupted' });
    expect(summary.steps).toBeGreaterThanOrEqual(2);
    expect((await run('evaluate', 'interrupted')).status).toBe(0);
  });
});

it('refuses mixed precision on an engine that has none, and leaves nothing behind', async () => {
  const before = await readdir(folder);
  const args = ['--out', 'halves', '--set', '.precision=mixed', '--engine', 'portable'];
  const { status, stderr } = await run('train', 'x.yaml', ...args);
  expect(status).toBe(3);
  expect(stderr).toContain(
    'Mixed precision is of no use here: the portable engine computes in float32 alone. Write `precision: float32`, or train on a GPU.',
  );
  expect(await readdir(folder)).toEqual(before);
});

describe('bad input', () => {
  const leavesNothing = async (args: string[], message: RegExp): Promise<void> => {
    const before = await readdir(folder);
    const { status, stderr } = await run('train', ...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(await readdir(folder)).toEqual(before);
  };

  it('in the experiment is shown in its line', async () => {
    await writeFile(join(folder, 'key.yaml'), experiment.replace('batch: 2', 'batches: 2'));
    await leavesNothing(['key.yaml'], /NET0602[\s\S]*key\.yaml:12:1[\s\S]*did you mean batch\?/);
  });

  it('in the network is shown in the .net file', async () => {
    await writeFile(join(folder, 'bad.net'), 'model Bad {\n  input x: [N, H, W, 3\n}\n');
    await leavesNothing(['x.yaml', '--out', 'new', '--set', 'model.path=bad.net'], /bad\.net:/);
  });

  it('in the name of the network is shown in its line', async () => {
    await writeFile(join(folder, 'lost.yaml'), experiment.replace('unet.net', 'lost.net'));
    await leavesNothing(
      ['lost.yaml', '--out', 'new'],
      /NET0104[\s\S]*lost\.net is missing[\s\S]*lost\.yaml:2:9/,
    );
  });

  it('in sizes names the size that would do', async () => {
    const args = ['x.yaml', '--out', 'new', '--set', 'patch.size=3'];
    await leavesNothing(args, /NET060/);
    await writeFile(join(folder, 'odd.yaml'), experiment.replace('patch: 32', 'patch: 33'));
    await leavesNothing(['odd.yaml', '--out', 'new'], /odd\.yaml:13:8[\s\S]*33/);
  });

  it('in the images names the folder', async () => {
    const text = experiment.replace(
      /data:[\s\S]*size: 64/,
      'data:\n  kind: drive\n  root: nowhere',
    );
    await writeFile(join(folder, 'drive.yaml'), text);
    await leavesNothing(['drive.yaml', '--out', 'new'], /nowhere is no folder: set data\.root/);
  });
});

describe('a training that is validated', () => {
  const validated = ['--set', 'validation.every=2', '--set', 'validation.patches=4'];
  const log = async (name: string): Promise<Record<string, unknown>[]> =>
    (await readFile(join(folder, name, 'log.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const checkpoint = (name: string, which: string): Promise<Buffer> =>
    readFile(join(folder, name, 'checkpoints', `${which}.safetensors`));

  it('keeps the best network with its score, and is scored by that', async () => {
    const args = [...validated, '--set', 'validation.metric=loss', '--set', '.ema=0.5'];
    const { status, stdout } = await run('train', 'x.yaml', '--out', 'best', ...args, '--json');
    expect(status).toBe(0);
    const { best } = JSON.parse(stdout);
    const validations = (await log('best')).flatMap(({ validation }) =>
      validation ? [validation as { step: number; loss: number }] : [],
    );
    expect(validations.map(({ step }) => step)).toEqual([2, 4, 5]);
    const least = validations.reduce((a, b) => (b.loss < a.loss ? b : a));
    expect(best).toEqual({ step: least.step, value: least.loss });
    const { metadata, tensors } = await readSafetensors(
      join(folder, 'best', 'checkpoints', 'best.safetensors'),
    );
    expect(metadata).toMatchObject({ step: String(best.step), value: String(best.value) });
    expect([...tensors.keys()].filter((name) => /^(ema|optimizer)\//.test(name))).toEqual([]);
    expect((await run('evaluate', 'best')).status).toBe(0);
  });

  it('ends when its patience does', async () => {
    // A rate too small to change a score.
    const args = ['--set', 'validation.every=1', '--set', 'validation.patience=2'];
    const still = ['--set', '.learningRate=1e-30', '--set', 'moments.batches=0', '--steps', '50'];
    const command = ['train', 'x.yaml', '--out', 'early', ...args, ...still];
    const { status, stdout } = await run(...command, '--set', 'validation.metric=rocAuc');
    expect(status).toBe(0);
    expect(stdout).toMatch(/no better rocAuc in 2 validations, ended after \d+ steps/);
    const again = await run('train', '--resume', 'early', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ completed: true, early: true, loss: null });
  });

  it.each(['tensorflow', 'portable'])('goes on to the bit on %s', async (engine) => {
    if (engine === 'tensorflow' && (await findInstallation('cpu')) === null) return;
    const args = [
      ...['--engine', engine, '--steps', '40', '--set', '.ema=0.9'],
      ...['--set', 'schedule.kind=plateau', '--set', 'schedule.patience=1'],
      ...['--set', 'validation.every=4', '--set', 'validation.patches=4'],
      ...['--set', 'checkpoint.every=10'],
    ];
    const [whole, parts] = [`whole-${engine}`, `parts-${engine}`];
    expect((await run('train', 'x.yaml', '--out', whole, ...args)).status).toBe(0);
    await killedAfter(10, parts, ['train', 'x.yaml', '--out', parts, ...args], 'SIGKILL');
    const { status, stderr } = await run('train', parts, '--resume');
    expect(stderr).toMatch(/40 steps from step [123]0 on/);
    expect(stderr).not.toContain('warning');
    expect(status).toBe(0);
    for (const which of ['last', 'best']) {
      expect((await checkpoint(parts, which)).equals(await checkpoint(whole, which))).toBe(true);
    }
    const timeless = (records: Record<string, unknown>[]) =>
      records.map((record) => ({ ...record, seconds: 0 }));
    expect(timeless(await log(parts))).toEqual(timeless(await log(whole)));
  });

  it('is told what is not as it was', async () => {
    const args = ['--steps', '4', '--set', 'checkpoint.every=2'];
    expect((await run('train', 'x.yaml', '--out', 'other-run', ...args)).status).toBe(0);
    const before = await readFile(join(folder, 'other-run', 'run.json'), 'utf8');
    const resume = (...more: string[]) => run('train', '--resume', 'other-run', ...more);
    const rate = await resume('--set', '.learningRate=0.5');
    expect(rate.status).toBe(1);
    expect(rate.stderr).toContain(
      'error: other-run was trained with learningRate 0.001, and now it is 0.5',
    );
    const model = await run('train', 'x.yaml', '--resume', 'other-run', ...args, '--set', 'base=5');
    expect(model.status).toBe(1);
    expect(model.stderr).toMatch(/the model is not the one of other-run/);
    expect(await readFile(join(folder, 'other-run', 'run.json'), 'utf8')).toBe(before);
    const elsewhere = before.replace(/"cpu": ".*"/, '"cpu": "another"');
    await writeFile(join(folder, 'other-run', 'run.json'), elsewhere);
    const { status, stderr } = await resume();
    expect(status).toBe(0);
    expect(stderr).toMatch(/warning: cpu was another and is .*last bits/);
    const lost = await run('train', '--resume', 'nowhere');
    expect([lost.status, lost.stderr]).toEqual([1, expect.stringContaining('nowhere is missing')]);
  });

  it('is made again by the experiment in its folder', async () => {
    const again = await run('train', join('best', 'experiment.yaml'), '--out', 'rerun');
    expect(again.status).toBe(0);
    expect((await checkpoint('rerun', 'last')).equals(await checkpoint('best', 'last'))).toBe(true);
  });

  /** Ends the training by a signal when its checkpoint of step `steps` is whole. */
  async function killedAfter(
    steps: number,
    name: string,
    args: string[],
    signal: NodeJS.Signals,
  ): Promise<void> {
    const child = spawn(process.execPath, [main, ...args], { cwd: folder });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const path = join(folder, name, 'checkpoints', 'last.safetensors');
    let over = false;
    ended.then(() => {
      over = true;
    });
    const isWritten = () => readSafetensors(path).then(({ metadata }) => Number(metadata.step));
    while (!over && (await isWritten().catch(() => 0)) < steps) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill(signal);
    await ended;
  }
});
