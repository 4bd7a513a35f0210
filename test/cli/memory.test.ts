import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main, netc, root } from './netc.js';

let folder: string;
const experiment = `model: {path: unet.net}
parameters: {base: 4, depth: 1}
data: {kind: synthetic-retina, train: 2, test: 1, size: 64}
engine: {kind: portable}
steps: 40
batch: 2
patch: 32
checkpoint: {every: 5}
output: run
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netc-memory-'));
  await cp(join(root, 'models'), folder, { recursive: true });
  await writeFile(join(folder, 'x.yaml'), experiment);
});
afterAll(() => rm(folder, { recursive: true }));

/** With so much memory as if it were all that is free. */
const withMemory = (bytes: number, ...args: string[]) =>
  netc(args, folder, { NETC_MEMORY_LIMIT: String(bytes) });
const run = (...args: string[]) => netc(args, folder);

describe('a training that needs more memory than there is', () => {
  it.each([
    ['a batch', ['batch=2147483647'], /: batch \d+ would fit; --force tries it/],
    ['a network', ['base=1000000'], /: no batch and no patch would fit: make the network smaller/],
  ])('is refused in one line for %s, and leaves nothing behind', async (_, settings, way) => {
    const sets = settings.flatMap((one) => ['--set', one]);
    const { status, stderr } = await run('train', 'x.yaml', '--out', 'large', ...sets);
    expect(stderr).toMatch(
      /^error: a training step of batch \d+ and patch 32 takes about [^\n]*\n$/,
    );
    expect(stderr).toMatch(way);
    expect(status).toBe(3);
    expect(existsSync(join(folder, 'large'))).toBe(false);
  });
});

describe('a run that is asked for more than there is', () => {
  beforeAll(async () => {
    expect(await run('train', 'x.yaml')).toMatchObject({ status: 0 });
    await run('data', 'make', 'retina', '--count', '1', '--size', '256', '--out', 'images');
  });

  it.each([
    ['evaluate', ['evaluate', 'run', '--set', 'data.size=256']],
    ['predict', ['predict', 'run', 'images/images', '--fov', 'none', '--out', 'answers']],
  ])('says to %s which window fits, which does', async (_, args) => {
    const wide = ['--set', 'evaluation.window=256', '--set', 'evaluation.batch=1'];
    const told = /a prediction of one tile of 256x256 takes about (\d+) MB of memory/;
    const nothing = await withMemory(1, ...args, ...wide);
    expect(nothing.stderr).toMatch(told);
    const little = 1e6 * (Number(told.exec(nothing.stderr)![1]) - 3);
    const { status, stderr } = await withMemory(little, ...args, ...wide);
    expect(status).toBe(3);
    const window = /evaluation\.window (\d+) would fit/.exec(stderr)![1];
    const narrow = ['--set', `evaluation.window=${window}`, '--set', 'evaluation.batch=1'];
    expect(await withMemory(little, ...args, ...narrow)).toMatchObject({ status: 0 });
  });

  it('ends by a signal as any command does, also in a process of its own', async () => {
    const args = ['evaluate', 'run', '--set', 'data.size=256', '--set', 'evaluation.window=256'];
    const { stderr: told } = await withMemory(1, ...args);
    const needed = 1e6 * Number(/takes about (\d+) MB/.exec(told)![1]);
    const env = { ...process.env, NETC_MEMORY_LIMIT: String(1.5 * needed) };
    const child = spawn(process.execPath, [main, ...args], { cwd: folder, env });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const isApart = () => spawnSync('pgrep', ['-P', `${child.pid}`]).status === 0;
    while (child.exitCode === null && !isApart()) await setTimeout(5);
    child.kill('SIGTERM');
    expect([await ended, stderr]).toEqual([143, '']);
  });
});

/** A training in a process of its own, as it takes most of the memory; `use` is given the number of that process. */
async function apart(out: string, use: (own: number, command: number) => void) {
  const child = spawn(process.execPath, [main, 'train', 'x.yaml', '--out', out], {
    cwd: folder,
    env: { ...process.env, NETC_MEMORY_LIMIT: '300000000' },
  });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const last = join(folder, out, 'checkpoints', 'last.safetensors');
  while (child.exitCode === null && !existsSync(last)) await setTimeout(5);
  const { pid } = JSON.parse(readFileSync(join(folder, out, 'lock.json'), 'utf8'));
  use(pid, child.pid!);
  return { status: await ended, stderr, pid, command: child.pid };
}

describe('an engine that dies', () => {
  it('is told by its signal, and the run goes on', async () => {
    const found = await apart('dead', (own) => process.kill(own, 'SIGSEGV'));
    expect(found.pid).not.toBe(found.command);
    expect(found.status).toBe(3);
    expect(found.stderr).toContain('error: the engine died by SIGSEGV (');
    expect(found.stderr).toContain('netc train --resume dead goes on from its last checkpoint');
    expect(await run('train', '--resume', 'dead')).toMatchObject({ status: 0 });
    const whole = (name: string) => readFile(join(folder, name, 'checkpoints/last.safetensors'));
    expect((await whole('dead')).equals(await whole('run'))).toBe(true);
  });

  it('has the signals that its command gets', async () => {
    const found = await apart('asked', (_, command) => process.kill(command, 'SIGTERM'));
    expect(found.status).toBe(143);
    expect(await run('train', '--resume', 'asked')).toMatchObject({ status: 0 });
  });
});
