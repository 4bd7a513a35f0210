import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gridOf } from '../../../src/runtime/grid/grid.js';
import type { Job } from '../../../src/runtime/grid/job.js';
import { statusesOf } from '../../../src/runtime/grid/status.js';
import { statusTable } from '../../../src/runtime/reports/ablation/status.js';

let output: string;
beforeEach(async () => {
  output = await mkdtemp(join(tmpdir(), 'netc-status-'));
});
afterEach(() => rm(output, { recursive: true }));

async function write(run: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = join(output, 'runs', run);
  await mkdir(folder, { recursive: true });
  for (const [name, value] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  }
}

const logTo = (steps: number): string =>
  Array.from({ length: steps }, (_, i) => ({ step: i + 1, loss: 1, seconds: (i + 1) / 4 }))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

async function statuses(jobs: Readonly<Record<string, Job>> | undefined, ...runs: string[]) {
  const grid = gridOf(
    'slurm',
    runs.map((name) => ({ name, identity: name, steps: 500 })),
    undefined,
  );
  return statusesOf(output, grid, jobs && new Map(Object.entries(jobs)));
}

const job = (state: Job['state'], words: string): Job => ({
  ...{ on: 'slurm', id: '9_1' },
  state,
  words,
});

describe('netc status', () => {
  it('tells the step and the rate of a run by the end of its log', async () => {
    await write('a', {
      'run.json': { identity: 'a' },
      'log.jsonl': `${logTo(300)}{"step":301,"lo`,
    });
    const [a] = await statuses({ a: job('running', 'RUNNING') }, 'a');
    expect(a).toMatchObject({ state: 'running', step: 300, rate: 4, job: '9_1' });
  });

  it('believes the folder that a run is done, whatever the scheduler has forgotten', async () => {
    const files = { 'run.json': { identity: 'a', usage: {} }, 'report.html': '' };
    await write('a', { ...files, 'metrics.json': { metrics: {}, perImage: [] } });
    const [a] = await statuses({}, 'a');
    expect(a).toMatchObject({ state: 'done', step: 500 });
  });

  it('does not take a run of another experiment for its own', async () => {
    const files = { 'run.json': { identity: 'other', usage: {} }, 'report.html': '' };
    await write('a', { ...files, 'metrics.json': { metrics: {}, perImage: [] } });
    expect((await statuses({}, 'a'))[0]).toMatchObject({ state: 'to do' });
  });

  it('gives the first line of what went wrong, or the words of the scheduler', async () => {
    await mkdir(join(output, 'failures'));
    const failure = { run: 'a', during: 'train', status: 1, signal: null };
    const lastLines = ['step 1/500', 'error: the loss is NaN', 'error: and more'];
    await writeFile(join(output, 'failures', 'a.json'), JSON.stringify({ ...failure, lastLines }));
    const [a, b] = await statuses({ b: job('ended', 'TIMEOUT, TimeLimit') }, 'a', 'b');
    expect([a!.state, a!.reason]).toEqual(['failed', 'the loss is NaN']);
    expect([b!.state, b!.reason]).toEqual(['ended', 'TIMEOUT, TimeLimit']);
  });

  it('does not take a lock that a killed job left for a job that runs', async () => {
    const lock = { host: 'elsewhere', pid: 1, since: 'noon', begun: null };
    await write('a', { 'run.json': { identity: 'a' }, 'lock.json': lock });
    expect((await statuses({}, 'a'))[0]!.state).toBe('ended');
    expect((await statuses(undefined, 'a'))[0]!.state).toBe('running');
  });

  it('does without a scheduler that does not answer', async () => {
    await write('a', { 'run.json': { identity: 'a' }, 'log.jsonl': logTo(2) });
    const found = await statuses(undefined, 'a', 'b');
    expect(found.map(({ state }) => state)).toEqual(['ended', 'to do']);
  });

  it('ends with how many runs there are of each state', async () => {
    const found = await statuses({ b: job('queued', 'PENDING, Resources') }, 'a', 'b', 'c');
    const lines = statusTable(found).split('\n');
    expect(lines.at(-1)).toBe('1 queued, 2 to do');
    expect(lines[3]).toMatch(/^b +queued +9_1 {2}PENDING, Resources$/);
  });
});
