import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlannedRun } from '../../../src/runtime/ablation/ablation.js';
import { openAblation } from '../../../src/runtime/ablation/load-ablation.js';
import { memoryIn, resourcesOf, timeIn } from '../../../src/runtime/ablation/resources.js';
import { ablationFolder } from '../ablation/fake-runs.js';

describe('amounts as people write them', () => {
  it.each([
    ['8G', 8 * 2 ** 30],
    ['2500M', 2500 * 2 ** 20],
    ['1.5 GiB', 1.5 * 2 ** 30],
    ['2TB', 2 * 2 ** 40],
  ])('memory of %s', (text, bytes) => expect(memoryIn(text)).toBe(bytes));

  it.each(['8', 'G', '8 apples', '-1G'])('%s says no memory', (text) =>
    expect(memoryIn(text)).toBeUndefined(),
  );

  // The forms that sbatch takes.
  it.each([
    ['90', 90 * 60],
    ['10:30', 10 * 60 + 30],
    ['08:00:00', 8 * 3600],
    ['2-12', 60 * 3600],
    ['1-00:30', 24.5 * 3600],
    ['1-01:02:03', 90_123],
  ])('a time of %s', (text, seconds) => expect(timeIn(text)).toBe(seconds));

  it.each(['8h', '1:2:3', ''])('"%s" says no time', (text) => expect(timeIn(text)).toBeUndefined());
});

describe('what a run is given', () => {
  let folder: string;
  let run: PlannedRun;
  const with_ = (change: object): PlannedRun => ({
    ...run,
    experiment: { ...run.experiment, ...change },
  });

  beforeAll(async () => {
    folder = await ablationFolder();
    [run] = openAblation(join(folder, 'a.yaml'), { set: [] }).runs as [PlannedRun];
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is by the first that says it', () => {
    const said = [{ cpus: 4 }, { cpus: 2, gpus: 1, memory: '3G' }, { time: '01:00:00' }];
    expect(resourcesOf(run, said)).toEqual({ cpus: 4, gpus: 1, memory: 3 * 2 ** 30, time: 3600 });
  });

  it('is by its experiment where nothing says it', () => {
    expect(resourcesOf(run, [])).toMatchObject({ cpus: 1, gpus: 0, time: null });
    const engine = { kind: 'tensorflow', gpu: 'require', threads: 6 };
    const onTwo = with_({ engine: { ...engine, devices: 2 } });
    expect(resourcesOf(onTwo, [null])).toMatchObject({ cpus: 6, gpus: 2 });
  });

  it('is as many CPUs as its experiment has threads, or an error', () => {
    const threaded = with_({ engine: { ...run.experiment.engine, threads: 6 } });
    expect(resourcesOf(threaded, [{ cpus: 6 }]).cpus).toBe(6);
    expect(() => resourcesOf(threaded, [{ cpus: 2 }])).toThrow(
      'u-net-s1 computes with 6 threads (engine.threads) and would be given 2 CPUs',
    );
  });

  it('is more memory for a larger batch', () => {
    const [small, large] = [run, with_({ batch: 8192 })].map((one) => resourcesOf(one, []).memory);
    expect(large).toBeGreaterThan(2 * small!);
    expect(large! % (256 * 2 ** 20)).toBe(0);
  });
});
