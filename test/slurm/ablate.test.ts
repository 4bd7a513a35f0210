import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../cli/netc.js';
import { ablationFolder, experimentText } from '../runtime/ablation/fake-runs.js';
import { type Cluster, hasSlurm, startCluster } from './cluster.js';

/** Twelve runs, of which the last one's loss is not finite for long. */
const rates = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => ({ name: `r${n}`, rate: n / 10_000 }));
const ablation = `experiment: x.yaml
variants:
${rates.map(({ name, rate }) => `  - {name: ${name}, learningRate: ${rate}}`).join('\n')}
  - {name: diverges, learningRate: 1e38, optimiser: {kind: sgd}}
`;
const good = rates.map(({ name }) => `${name}-s0`);
const failing = 'diverges-s0';

let folder: string;
let cluster: Cluster;

function netc(...args: string[]) {
  const env = { ...cluster.env, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const submit = (...args: string[]) =>
  netc('ablate', 'a.yaml', '--out', 'grid', '--on', 'slurm', '--memory', '300M', ...args);

interface Status {
  readonly run: string;
  readonly state: string;
  readonly reason: string | null;
}

const statuses = (): Status[] => JSON.parse(netc('status', 'grid', '--json').stdout).runs;

/** Waits until what is looked at is there. */
async function until<T>(look: () => T | undefined): Promise<T> {
  const end = Date.now() + 120_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited in vain: ${netc('status', 'grid').stdout}`);
    await setTimeout(100);
  }
}

/** A process of the grid whose arguments hold all of `words`, and not `without`. */
const processWith = (words: readonly string[], without?: string): number | undefined =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      const args = argumentsOf(pid);
      return (
        words.every((word) => args.some((arg) => arg.includes(word))) && !args.includes(without!)
      );
    });

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

const logs = async (): Promise<string> => {
  const names = (await readdir(join(folder, 'grid', 'slurm'))).filter((name) =>
    /_\d+\.log$/.test(name),
  );
  return (
    await Promise.all(names.map((name) => readFile(join(folder, 'grid', 'slurm', name), 'utf8')))
  ).join('');
};

/** A report without what was measured, and without the last words of runs that failed, which tell of time. */
async function reportOf(out: string): Promise<unknown> {
  const {
    measured: _,
    failures,
    ...report
  } = JSON.parse(await readFile(join(folder, out, 'report.json'), 'utf8'));
  return { ...report, failed: failures.map(({ run }: { run: string }) => run) };
}

describe.skipIf(!hasSlurm)('netc ablate --on slurm', () => {
  beforeAll(async () => {
    folder = await ablationFolder(ablation);
    const text = experimentText.replace('steps: 20', 'steps: 60').replace('test: 4', 'test: 2');
    await writeFile(join(folder, 'x.yaml'), `${text}checkpoint: {every: 10}\n`);
    cluster = await startCluster(3);
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

    const training = await until(() => processWith(['train', 'grid/experiments/r1-s0']));
    process.kill(training, 'SIGKILL');
    const task = await until(() => processWith(['ablate', '--only', 'r2-s0']));
    process.kill(task, 'SIGKILL');
    await cluster.restartController();
    const asked = await until(() => processWith(['train', 'grid/experiments/r5-s0']));
    process.kill(asked, 'SIGTERM');

    await until(() => (cluster.run('squeue', '-h') === '' ? true : undefined));
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
    expect(await reportOf('grid')).toEqual(await reportOf('here'));
  }, 300_000);

  it('submits again what failed, and nothing else; and cancels it', async () => {
    expect(submit().stdout).toContain('1 of 12 runs submitted; 11 done');
    expect(netc('cancel', 'grid').stdout).toContain('1 job cancelled');
    await until(() => (cluster.run('squeue', '-h') === '' ? true : undefined));
    expect(statuses().filter(({ state }) => state === 'done')).toHaveLength(11);
  }, 60_000);

  it('says what Slurm refuses, and that it does not answer', () => {
    expect(submit('--gpus', '64')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/sbatch refuses: .*(GRES|gres|configuration)/),
    });
  });
});
