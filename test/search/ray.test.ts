import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pythonWith } from '../python/python.js';
import { type Found, foundBy, runsIn, search, searchFolder, someSteps, stepsOf } from './search.js';

const python = pythonWith(['ray', 'pyarrow'], 'test:search');

let folder: string;
beforeEach(async () => {
  folder = await searchFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const begin = (...args: string[]) =>
  search(python!, 'ray_tune_search.py', folder, ['--startup', '2', ...args]);
const found = (...args: string[]) => foundBy(begin(...args));

describe.skipIf(python === null)('ray_tune_search.py', () => {
  it('trains each trial by netc, ends those that are behind, and scores the best on the test images', async () => {
    const { trials, best } = await found('--trials', '6');
    expect(trials).toHaveLength(6);
    expect(trials.map(({ state }) => state)).toContain('PRUNED');
    for (const { state, run } of trials) {
      const steps = await stepsOf(folder, basename(run));
      if (state === 'COMPLETE') expect(steps).toHaveLength(40);
      else expect(steps.length).toBeLessThanOrEqual(40);
    }
    const complete = trials.filter(({ state }) => state === 'COMPLETE');
    expect(best!.value).toBe(Math.max(...complete.map(({ value }) => value!)));
    expect(best!.test.rocAuc).toBeGreaterThan(0);
  }, 600_000);

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'goes on after %s with the runs that it was at',
    async (signal) => {
      const first = begin('--trials', '2', '--startup', '9');
      const run = await someSteps(folder, 12);
      first.child.kill(signal);
      expect((await first.ended).status).not.toBe(0);
      const { trials } = await found('--trials', '2', '--startup', '9');
      expect(trials.map(({ state }) => state)).toEqual(['COMPLETE', 'COMPLETE']);
      expect(trials.map((trial) => basename(trial.run)).sort()).toEqual(await runsIn(folder));
      expect(await stepsOf(folder, run)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    },
    600_000,
  );

  it('reports a trial that fails with its reason', async () => {
    const { status, stdout } = await begin('--trials', '2', '--set', 'batch=0').ended;
    const { trials, best } = JSON.parse(stdout) as Found;
    expect([status, best]).toEqual([1, null]);
    expect(trials.map(({ state }) => state)).toEqual(['FAIL', 'FAIL']);
    expect(trials[0]!.error).toMatch(/batch/);
  }, 600_000);
});
