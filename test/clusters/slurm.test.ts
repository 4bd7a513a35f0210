import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { end, failing, good, gridFolder, netcIn, reportIn, until } from './grid.js';
import { type Cluster, hasSlurm, startCluster } from './slurm.js';

let folder: string;
let cluster: Cluster;
let netc: ReturnType<typeof netcIn>['netc'];
let statuses: ReturnType<typeof netcIn>['statuses'];

const submit = (...args: string[]) =>
  netc('ablate', 'a.yaml', '--out', 'grid', '--on', 'slurm', '--memory', '300M', ...args);

const isEmpty = (): true | undefined => (cluster.run('squeue', '-h') === '' ? true : undefined);

/** All that tasks printed. */
async function logs(): Promise<string> {
  const at = join(folder, 'grid', 'slurm');
  const names = (await readdir(at)).filter((name) => /_\d+\.log$/.test(name));
  return (await Promise.all(names.map((name) => readFile(join(at, name), 'utf8')))).join('');
}

describe.skipIf(!hasSlurm)('netc ablate --on slurm', () => {
  beforeAll(async () => {
    folder = await gridFolder();
    cluster = await startCluster(3);
    ({ netc, statuses } = netcIn(folder, cluster.env));
  }, 60_000);
  afterAll(async () => {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('shows what it would submit, and submits nothing', () => {
    const { status, stdout } = submit('--dry-run', '--time', '01:00:00');
    expect(status).toBe(0);
    expect(stdout).toContain('#SBATCH --array=0-11\n');
    expect(stdout).toContain('#SBATCH --mem=300M\n');
    expect(stdout).toContain('#SBATCH --time=01:00:00\n');
    expect(stdout).toContain('--report-only');
    expect(cluster.run('squeue', '-h')).toBe('');
  });

  it('does all runs once, whatever is killed, and reports the one that fails for good', async () => {
    expect(submit().stdout).toContain('12 of 12 runs submitted');
    expect(submit().stdout).toContain('0 of 12 runs submitted; 0 done, 12 queued or running');

    await end(['train', 'grid/experiments/r1-s1'], 'SIGKILL');
    await end(['ablate', '--only', 'r2-s1'], 'SIGKILL');
    await cluster.restartController();
    await end(['train', 'grid/experiments/r5-s1'], 'SIGTERM');
    expect(submit('--set', 'batch=1')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/\d jobs? queued or running with other settings: wait/),
    });
    expect(netc('ablate', 'a.yaml', '--out', 'grid')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/\d jobs? queued or running elsewhere: wait/),
    });

    await until(isEmpty);
    const found = statuses();
    expect(found.filter(({ state }) => state === 'done').map(({ run }) => run)).toEqual(good);
    const failed = found.find(({ run }) => run === failing)!;
    expect(failed).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('the loss is'),
    });
    const said = await logs();
    for (const run of good) expect(said.split(`${run}: done\n`), run).toHaveLength(2);
  }, 300_000);

  it('comes to the report of an ablation on this machine', async () => {
    const here = netc('ablate', 'a.yaml', '--out', 'here', '--jobs', '2');
    expect(here.status).toBe(1);
    expect(await reportIn(folder, 'grid')).toEqual(await reportIn(folder, 'here'));
  }, 300_000);

  it('submits again what failed, and nothing else; and cancels it', async () => {
    expect(submit().stdout).toContain('1 of 12 runs submitted; 11 done');
    expect(netc('cancel', 'grid').stdout).toContain('1 job cancelled');
    await until(isEmpty);
    expect(statuses().filter(({ state }) => state === 'done')).toHaveLength(11);
  }, 60_000);

  it('says what Slurm refuses, and that it does not answer', () => {
    expect(submit('--gpus', '64')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/sbatch refuses: .*(GRES|gres|configuration)/),
    });
  });
});
