import { expect, it } from 'vitest';
import type { BatchSource } from '../../../src/runtime/data/batches/batch-source.js';
import type { Engine } from '../../../src/runtime/engines/engine.js';
import { Profile, printProfile } from '../../../src/runtime/reports/profile.js';

/** A clock that whatever takes time puts forward. */
function clock() {
  let time = 100;
  const take = async (seconds: number): Promise<void> => {
    await null;
    time += seconds;
  };
  return { now: () => time, take };
}

it('tells apart what the engine does and what it waits for', async () => {
  const { now, take } = clock();
  const profile = new Profile(now);
  const engine = profile.engine({ call: () => take(3).then(() => ({})) } as unknown as Engine);
  const source = { next: () => take(1) } as unknown as BatchSource;
  const batches = profile.batches(source);
  await batches.next(0);
  for (let step = 1; step < 3; step++) {
    await engine.call('train', {});
    await batches.next(step);
  }
  await engine.call('moments', {});
  const times = profile.times();
  expect(times).toEqual({ wall: 11, busy: 9, steps: 2, training: 6, waiting: 2 });
  expect(printProfile(times, 1.5e9).split('\n')).toEqual([
    'engine busy       81.8 % of 11.0 s',
    'a training step   3000.0 ms in the engine, mean of 2',
    'wait for a batch  1000.0 ms a step',
    'peak memory       1.50 GB',
  ]);
});

it('counts no waiting while the engine computes', async () => {
  const { now, take } = clock();
  const profile = new Profile(now);
  let finish = (): void => {};
  const running = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const engine = profile.engine({ call: () => running } as unknown as Engine);
  const batches = profile.batches({ next: () => take(2) } as unknown as BatchSource);
  const call = engine.call('train', {});
  await batches.next(1);
  finish();
  await call;
  expect(profile.times()).toMatchObject({ wall: 2, busy: 2, waiting: 0 });
});
