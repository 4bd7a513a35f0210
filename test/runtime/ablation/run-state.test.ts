import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PlannedRun } from '../../../src/runtime/ablation/ablation.js';
import { startRun } from '../../../src/runtime/ablation/one-run.js';
import { stateOf } from '../../../src/runtime/ablation/run-state.js';
import { checkpointOf } from '../../../src/runtime/runs/checkpoint.js';
import { testFolder } from '../data/folder.js';

const { root } = testFolder();

const write = (name: string, value: object): Promise<void> =>
  writeFile(join(root(), name), JSON.stringify(value));

const usage = { steps: 20, seconds: 3, peakMemory: 1e8 };

it('a run is trained once its usage is recorded and nobody holds it, of its own experiment alone', async () => {
  expect(await stateOf(root(), 'a')).toBe('none');
  await write('run.json', { identity: 'a' });
  expect(await stateOf(root(), 'a')).toBe('begun');
  await write('run.json', { identity: 'a', usage });
  expect(await stateOf(root(), 'a')).toBe('trained');
  expect(await stateOf(root(), 'b')).toBe('none');
});

it('a training that was killed at its very end is made again, which removes its lock', async () => {
  await write('run.json', { identity: 'a', usage });
  await write('lock.json', { host: 'elsewhere', pid: 1, since: '2026-01-01T00:00:00Z' });
  expect(await stateOf(root(), 'a')).toBe('begun');
});

it('a run is done once the report of its scores is there', async () => {
  await write('run.json', { identity: 'a', usage });
  await write('metrics.json', { metrics: {}, mean: {}, perImage: [] });
  expect(await stateOf(root(), 'a')).toBe('trained');
  await writeFile(join(root(), 'report.html'), '');
  expect(await stateOf(root(), 'a')).toBe('done');
});

it('a run is not done with scores of weights that it was trained on from', async () => {
  await write('run.json', { identity: 'a', usage });
  await writeFile(join(root(), 'report.html'), '');
  await mkdir(join(root(), 'checkpoints'));
  await writeFile(join(root(), 'checkpoints', 'last.safetensors'), checkpointOf({}, 20).bytes);
  for (const [step, state] of [
    [5, 'trained'],
    [20, 'done'],
  ] as const) {
    const checkpoint = { file: 'last.safetensors', step, sha256: '' };
    await write('metrics.json', { metrics: {}, mean: {}, perImage: [], checkpoint });
    expect(await stateOf(root(), 'a')).toBe(state);
  }
});

it('a run that another process has done since is not done again', async () => {
  await write('run.json', { identity: 'a', usage });
  await write('metrics.json', { metrics: {}, mean: {}, perImage: [] });
  await writeFile(join(root(), 'report.html'), '');
  const told: string[] = [];
  const run = { name: 'a', folder: root() } as PlannedRun;
  const one = startRun(run, 'a', false, {
    onStage: (_, stage) => told.push(stage),
    onLine: (_, line) => told.push(line),
    onEnd: (_, failure) => told.push(failure ? 'failed' : 'done'),
  });
  expect([await one.ended, told]).toEqual(['done', ['done']]);
});
