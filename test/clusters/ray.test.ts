import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../cli/netc.js';
import { end, failing, good, gridFolder, netcIn, reportIn } from './grid.js';
import { ask, type Ray, rayAt, rayEnv, startRay } from './ray.js';

let folder: string;
let ray: Ray;
let netc: ReturnType<typeof netcIn>['netc'];
let statuses: ReturnType<typeof netcIn>['statuses'];

const args = ['ablate', 'a.yaml', '--out', 'grid', '--on', 'ray', '--memory', '300M'];

/** The command that holds the queue, and all that it says. */
function start(): { readonly child: ChildProcess; readonly said: () => string } {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    stdio: 'pipe',
    env: rayEnv,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  return { child, said: () => said };
}

describe.skipIf(rayAt === undefined)('netc ablate --on ray', () => {
  beforeAll(async () => {
    folder = await gridFolder();
    ray = await startRay(2);
    ({ netc, statuses } = netcIn(folder, rayEnv));
  }, 120_000);
  afterAll(async () => {
    await ray?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('shows what it would submit, and submits nothing', async () => {
    const { status, stdout } = netc(...args, '--dry-run', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).jobs).toHaveLength(12);
    expect(await (await ask('/api/jobs/')).json()).toEqual([]);
  });

  it('does all runs once, whatever is killed, and reports the one that fails for good', async () => {
    const first = start();
    await end(['train', 'grid/experiments/r1-s1'], 'SIGKILL');
    await end(['ablate', '--only', 'r2-s1'], 'SIGKILL');
    // The one that holds the queue, too.
    await end(['train', 'grid/experiments/r3-s1'], 'SIGKILL');
    first.child.kill('SIGKILL');
    const second = start();
    while (!statuses().some(({ run, state }) => run === 'r5-s1' && state === 'running'))
      await setTimeout(200);
    await ray.restart();
    const [status] = await once(second.child, 'exit');
    expect(status, second.said()).toBe(1);
    const found = statuses();
    expect(found.filter(({ state }) => state === 'done').map(({ run }) => run)).toEqual(good);
    const failed = found.find(({ run }) => run === failing);
    expect(failed).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('the loss is'),
    });
    // What was trained and scored is not again: the record of a run is of one beginning.
    const { ray: kept } = JSON.parse(await readFile(join(folder, 'grid', 'grid.json'), 'utf8'));
    expect(Object.values<number>(kept.attempts).every((attempts) => attempts <= 3)).toBe(true);
  }, 600_000);

  it('comes to the report of an ablation on this machine', async () => {
    expect(netc('ablate', 'a.yaml', '--out', 'here', '--jobs', '2').status).toBe(1);
    expect(await reportIn(folder, 'grid')).toEqual(await reportIn(folder, 'here'));
  }, 300_000);
});
