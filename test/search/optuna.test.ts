import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pythonWith } from '../python/python.js';
import { type Found, foundBy, runsIn, search, searchFolder, someSteps, stepsOf } from './search.js';

const python = pythonWith(['optuna'], 'test:search');

let folder: string;
beforeEach(async () => {
  folder = await searchFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const begin = (...args: string[]) =>
  search(python!, 'optuna_search.py', folder, ['--startup', '1', ...args]);
const found = (...args: string[]) => foundBy(begin(...args));

const recordOf = async (run: string) => JSON.parse(await readFile(join(run, 'run.json'), 'utf8'));

describe.skipIf(python === null)('optuna_search.py', () => {
  it('trains each trial by netc, ends those that are behind, and scores the best on the test images', async () => {
    const { trials, best } = await found('--trials', '3');
    // By the seed, the second trial has a sixth of the learning rate of the first.
    expect(trials).toMatchObject([{ state: 'COMPLETE' }, { state: 'PRUNED' }, {}]);
    for (const { state, run, settings } of trials) {
      const steps = await stepsOf(folder, basename(run));
      if (state === 'COMPLETE') expect(steps).toHaveLength(40);
      else expect(steps.length).toBeLessThan(40);
      const { command } = await recordOf(run);
      expect(command).toContain(`learningRate=${settings.learningRate}`);
    }
    const complete = trials.filter(({ state }) => state === 'COMPLETE');
    expect(best!.value).toBe(Math.max(...complete.map(({ value }) => value!)));
    expect(best!.test.rocAuc).toBeGreaterThan(0);
    const kept = JSON.parse(await readFile(join(best!.run, 'metrics.json'), 'utf8'));
    expect(kept).toMatchObject({ split: 'test', metrics: best!.test });

    // More of the same search: what is done stays.
    const more = await found('--trials', '4');
    expect(more.trials.slice(0, 3)).toEqual(trials);
    expect(more.trials).toHaveLength(4);
  }, 600_000);

  it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'goes on after %s with the run that it was at',
    async (signal) => {
      const first = begin('--trials', '2', '--startup', '9');
      const run = await someSteps(folder, 12);
      first.child.kill(signal);
      expect((await first.ended).status).not.toBe(0);
      const { trials } = await found('--trials', '2', '--startup', '9');
      expect(trials.map(({ state }) => state)).toEqual(['COMPLETE', 'COMPLETE']);
      expect(basename(trials[0]!.run)).toBe(run);
      expect(await runsIn(folder)).toHaveLength(2);
      const steps = await stepsOf(folder, run);
      expect(steps).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
      const { resumed } = await recordOf(trials[0]!.run);
      expect(resumed).toHaveLength(1);
      expect(resumed[0].after).toBeGreaterThanOrEqual(10);
    },
    300_000,
  );

  it('reports a trial that fails with its reason, and goes on', async () => {
    const { status, stdout } = await begin('--trials', '2', '--set', 'batch=0').ended;
    const { trials, best } = JSON.parse(stdout) as Found;
    expect([status, best]).toEqual([1, null]);
    expect(trials.map(({ state }) => state)).toEqual(['FAIL', 'FAIL']);
    expect(trials[0]!.error).toMatch(/batch/);
  }, 300_000);

  it('says where there is no netc, and begins nothing', async () => {
    const { status, stderr } = await begin('--netc', 'no-such-netc').ended;
    expect([status, stderr]).toEqual([1, expect.stringContaining('there is no no-such-netc')]);
    expect(await runsIn(folder)).toEqual([]);
  });

  it('does not mix searches', async () => {
    const first = begin('--trials', '9');
    await someSteps(folder, 1);
    const second = await begin('--trials', '9').ended;
    expect([second.status, second.stderr]).toEqual([
      1,
      expect.stringContaining('another search is running in found'),
    ]);
    first.child.kill('SIGTERM');
    await first.ended;
    const other = await begin('--trials', '9', '--set', 'steps=50').ended;
    expect([other.status, other.stderr]).toEqual([
      1,
      expect.stringContaining('name another folder by --out'),
    ]);
  }, 300_000);
});
