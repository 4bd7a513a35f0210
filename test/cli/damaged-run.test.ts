import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main, netc, root } from './netc.js';

let folder: string;
const experiment = `model:
  path: unet.net
parameters: {base: 4, depth: 1}
data: {kind: synthetic-retina, train: 2, test: 1, size: 64}
engine: {kind: portable}
steps: 30
batch: 2
patch: 32
checkpoint: {every: 10}
validation: {every: 15, patches: 4}
output: whole
`;
const run = (...args: string[]) => netc(args, folder);
const last = (name: string): string => join(folder, name, 'checkpoints', 'last.safetensors');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-damaged-'));
  await cp(join(root, 'models'), folder, { recursive: true });
  await writeFile(join(folder, 'x.yaml'), experiment);
  expect(await run('train', 'x.yaml')).toMatchObject({ status: 0 });
  await interrupted('parts');
});
afterAll(() => rm(folder, { recursive: true }));

/** A run that was killed behind its second checkpoint. */
async function interrupted(name: string): Promise<void> {
  const child = spawn(process.execPath, [main, 'train', 'x.yaml', '--out', name], { cwd: folder });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const isThere = () =>
    readdir(join(folder, name, 'checkpoints')).then(
      (names) => names.includes('previous.safetensors') && !names.some((one) => one[0] === '.'),
      () => false,
    );
  while (child.exitCode === null && !(await isThere()))
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
}

/** A copy of a run, of which one file is made another. */
async function copyOf(name: string, file: string, change: (bytes: Buffer) => Buffer | string) {
  const copy = `${name}-${Math.random().toString(36).slice(2)}`;
  await cp(join(folder, name), join(folder, copy), { recursive: true });
  const path = join(folder, copy, file);
  await writeFile(path, change(await readFile(path)));
  return copy;
}

/** One bit of an exponent, in the last number of the file. */
const flipped = (bytes: Buffer): Buffer => {
  bytes[bytes.length - 1]! ^= 0x40;
  return bytes;
};

describe('a checkpoint with one bit flipped', () => {
  it('is not scored, and the error names a whole one, which is', async () => {
    const copy = await copyOf('whole', 'checkpoints/best.safetensors', flipped);
    for (const args of [
      ['evaluate', copy],
      ['export', copy, '--to', 'onnx', '--out', 'exported'],
      ['weights', 'inspect', copy],
    ]) {
      const { status, stderr } = await run(...args);
      expect([status, stderr]).toEqual([1, expect.stringContaining('best.safetensors is damaged')]);
    }
    const { stderr } = await run('evaluate', copy);
    expect(stderr).toContain('last.safetensors (--weights last), of step 30');
    expect(await run('evaluate', copy, '--weights', 'last')).toMatchObject({ status: 0 });
  });

  it('is not trained on from: the one before is, by name, and the end is the same', async () => {
    const copy = await copyOf('parts', 'checkpoints/last.safetensors', flipped);
    const { status, stderr } = await run('train', '--resume', copy);
    expect(stderr).toMatch(
      /warning: .*last\.safetensors is damaged.*; the run goes on from .*previous\.safetensors, of step 10/,
    );
    expect(status).toBe(0);
    expect((await readFile(last(copy))).equals(await readFile(last('whole')))).toBe(true);
  });
});

it("another run's checkpoint is not taken for the run's own", async () => {
  const other = await run('train', 'x.yaml', '--out', 'other', '--set', '.seed=2');
  expect(other.status).toBe(0);
  const bytes = await readFile(last('other'));
  const copy = await copyOf('whole', 'checkpoints/last.safetensors', () => bytes);
  const { status, stderr } = await run('evaluate', copy, '--weights', 'last');
  expect(status).toBe(1);
  expect(stderr).toContain('last.safetensors is not what the run wrote there');
});

describe('a run is not resumed', () => {
  it.each([
    ['log.jsonl', (b: Buffer) => `{"step": \n${b}`, 'log.jsonl:1 is damaged'],
    ['run.json', (b: Buffer) => b.subarray(0, -20), /run\.json:\d+ is damaged/],
    ['experiment.yaml', (b: Buffer) => `${b}\n# mine`, 'experiment.yaml was changed after'],
  ])('where its %s was changed, and nothing of it is lost', async (file, change, message) => {
    const copy = await copyOf('parts', file, change);
    const before = await readFile(join(folder, copy, 'log.jsonl'), 'utf8');
    const { status, stderr } = await run('train', '--resume', copy);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
    expect(await readFile(join(folder, copy, 'log.jsonl'), 'utf8')).toBe(before);
    expect(await readdir(join(folder, copy))).not.toContain('lock.json');
  });
});

it('a log cut short is told, and the weights are the same', async () => {
  const copy = await copyOf('parts', 'log.jsonl', (bytes) =>
    bytes.subarray(0, bytes.indexOf('{"step":8')),
  );
  const { status, stderr } = await run('train', '--resume', copy);
  expect(stderr).toMatch(/log\.jsonl lacks the steps 8 to [12]0: their losses are lost/);
  expect(status).toBe(0);
  expect((await readFile(last(copy))).equals(await readFile(last('whole')))).toBe(true);
});

describe('a folder that is being written', () => {
  const held = JSON.stringify({ host: hostname(), pid: process.pid, since: 'now', begun: null });

  it.each([
    ['a resumption', ['train', '--resume']],
    ['a run that overwrites', ['train', 'x.yaml', '--overwrite', '--out']],
    ['a new run', ['train', 'x.yaml', '--out']],
  ])('is refused to %s', async (_, args) => {
    const copy = await copyOf('parts', 'run.json', (bytes) => bytes);
    await writeFile(join(folder, copy, 'lock.json'), held);
    const { status, stderr } = await run(...args, copy);
    expect(status).toBe(1);
    expect(stderr).toContain(`is being written by process ${process.pid} on ${hostname()}`);
    expect(await readFile(join(folder, copy, 'lock.json'), 'utf8')).toBe(held);
  });

  it('is made by one of two that begin together', async () => {
    const both = await Promise.all([1, 2].map(() => run('train', 'x.yaml', '--out', 'race')));
    expect(both.map(({ status }) => status).sort()).toEqual([0, 1]);
    expect((await readFile(last('race'))).equals(await readFile(last('whole')))).toBe(true);
  });
});
