import { spawn } from 'node:child_process';
import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ablationFolder, experimentText } from '../runtime/ablation/fake-runs.js';
import { main, netc } from './netc.js';

const ablation = `experiment: x.yaml
seeds: [1, 2]
variants:
  - name: U-Net
  - name: lower rate
    learningRate: 0.0001
`;

let folder: string;
/** What the whole ablation wrote on standard error. */
let told: string;
const ablate = (...args: string[]) => netc(['ablate', 'a.yaml', ...args], folder);
const textOf = (...path: string[]) => readFile(join(folder, ...path), 'utf8');

/** The report without what was measured. */
async function reportOf(out: string): Promise<unknown> {
  const { measured: _, ...report } = JSON.parse(await textOf(out, 'report.json'));
  return report;
}

/** When each run's training began. */
const startsOf = (out: string, runs: readonly string[]) =>
  Promise.all(
    runs.map(async (run) => JSON.parse(await textOf(out, 'runs', run, 'run.json')).started),
  );

const runs = ['u-net-s1', 'u-net-s2', 'lower-rate-s1', 'lower-rate-s2'];

/** Starts the ablation, ends it by `signal` as soon as the file is there, and gives how it ended. */
async function endedBy(signal: NodeJS.Signals, out: string, file: string): Promise<number | null> {
  const child = spawn(process.execPath, [main, 'ablate', 'a.yaml', '--out', out], {
    cwd: folder,
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  while (!(await stat(join(folder, out, file)).catch(() => undefined))) {
    expect(child.exitCode).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  child.kill(signal);
  return ended;
}

beforeAll(async () => {
  folder = await ablationFolder(ablation);
  await writeFile(
    join(folder, 'x.yaml'),
    `${experimentText.replace('test: 4', 'test: 2')}validation: {every: 10}\n`,
  );
  const whole = await ablate('--out', 'whole', '--jobs', '2');
  expect(whole).toMatchObject({ status: 0 });
  told = whole.stderr;
}, 180_000);
afterAll(() => rm(folder, { recursive: true }));

describe('netc ablate', () => {
  it('trains and scores every variant from every seed, and reports', async () => {
    const markdown = await textOf('whole', 'report.md');
    for (const run of runs) expect(markdown).toContain(`[${run}](runs/${run}/report.html)`);
    expect(await textOf('whole', 'report.html')).toContain('<svg role="img"');
    expect((await textOf('whole', 'report.csv')).split('\n')).toHaveLength(4);
    expect((await textOf('whole', 'runs.csv')).split('\n')).toHaveLength(6);
    expect(await textOf('whole', 'report.tex')).toContain('\\toprule');
  });

  it('says in each line which run it is of, how far that is, and how long all will take', () => {
    const lines = told.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^run [1-4] of 4, (u-net|lower-rate)-s[12]: /);
    for (const [i, run] of runs.entries()) {
      const own = lines.filter((line) => line.startsWith(`run ${i + 1} of 4, ${run}: `)).join('\n');
      expect(own).toMatch(
        /: step 10\/20, training loss .* left, .* steps\/s, .* GB; all runs: about /,
      );
      expect(own).toMatch(/: validation at step 10: F1 .*, loss \d/);
      expect(own).toMatch(/: done \([1-4] of 4\)$/m);
    }
  });

  it('shows the same image of both variants beside image and ground truth', async () => {
    const markdown = await textOf('whole', 'report.md');
    const [, id] = /^### (\d+), the best: F1 /m.exec(markdown) ?? [];
    for (const name of ['image', 'ground-truth', 'u-net-s1', 'lower-rate-s1']) {
      const { width, height } = await sharp(
        join(folder, 'whole', 'images', id!, `${name}.png`),
      ).metadata();
      expect([width, height], name).toEqual([64, 64]);
    }
  });

  it('repeats no run that is there, and says the same', async () => {
    const [before, starts] = [await reportOf('whole'), await startsOf('whole', runs)];
    const { status, stderr } = await ablate('--out', 'whole');
    expect(status).toBe(0);
    expect(stderr).toBe('4 of 4 runs are done already\n');
    expect(await startsOf('whole', runs)).toEqual(starts);
    expect(await reportOf('whole')).toEqual(before);
  });

  it('scores again a run whose scoring was interrupted before its last file', async () => {
    const [before, starts] = [await reportOf('whole'), await startsOf('whole', runs)];
    const report = join('whole', 'runs', runs[1]!, 'report.html');
    await rm(join(folder, report));
    const { status, stderr } = await ablate('--out', 'whole');
    expect([status, stderr]).toEqual([0, expect.stringContaining('3 of 4 runs are done already')]);
    expect(await textOf(report)).toContain('<h1>');
    expect(await startsOf('whole', runs)).toEqual(starts);
    expect(await reportOf('whole')).toEqual(before);
  });

  it('trains again what is another experiment now', async () => {
    const { stdout } = await ablate('--out', 'whole', '--set', '.batch=3', '--dry-run', '--json');
    expect(JSON.parse(stdout).runs.map(({ state }: { state: string }) => state)).toEqual(
      runs.map(() => 'none'),
    );
  });

  it('is refused where another ablation writes to the folder', async () => {
    const path = join(folder, 'whole', 'lock.json');
    const holder = { host: hostname(), pid: process.pid, since: 'noon', begun: null };
    await writeFile(path, JSON.stringify(holder));
    const { status, stderr } = await ablate('--out', 'whole');
    await rm(path);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`whole is being written by process ${process.pid}`),
    ]);
  });

  it('waits for a training that a killed ablation left, which ends by itself', async () => {
    const at = join(folder, 'left', 'runs', runs[0]!);
    await cp(join(folder, 'whole', 'runs', runs[0]!), at, { recursive: true });
    const { pid } = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 4000)']);
    const lock = { host: hostname(), pid, since: '', begun: null };
    await writeFile(join(at, 'lock.json'), JSON.stringify(lock));
    expect(await ablate('--out', 'left', '--only', runs[0]!)).toMatchObject({ status: 0 });
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'ended half-way by %s goes on from there to the same report',
    async (signal) => {
      const out = signal.toLowerCase();
      const status = await endedBy(signal, out, join('runs', runs[1]!, 'run.json'));
      expect(status).toBe(signal === 'SIGTERM' ? 143 : null);
      // A run that a signal ended has a checkpoint to go on from; one that was killed may have none.
      const kept = runs.slice(0, signal === 'SIGTERM' ? 2 : 1);
      const starts = await startsOf(out, kept);
      expect(await ablate('--out', out)).toMatchObject({ status: 0 });
      expect(await startsOf(out, kept)).toEqual(starts);
      expect(await reportOf(out)).toEqual(await reportOf('whole'));
    },
    180_000,
  );

  it('tells of a run that fails and goes on with the others', async () => {
    const diverging = 'learningRate: 1e38\n    optimiser: {kind: sgd}';
    const text = ablation.replace('[1, 2]', '[1]').replace('learningRate: 0.0001', diverging);
    await writeFile(join(folder, 'b.yaml'), text);
    const { status, stderr } = await netc(['ablate', 'b.yaml', '--out', 'broken'], folder);
    expect(status).toBe(1);
    expect(stderr).toMatch(/error: lower-rate-s1: netc train failed\n[\s\S]*the loss is/);
    expect(await textOf('broken', 'report.md')).toContain('[u-net-s1](runs/u-net-s1/report.html)');
  }, 180_000);
});
